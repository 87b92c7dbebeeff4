"""Qualification: asks, adds up and compares; pure functions of facts, answers, events, playbook and time."""
