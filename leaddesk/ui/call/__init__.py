"""The call: script, answers, verdict, end."""
