"""Bringing leads in: preview, mapping, progress, report."""
