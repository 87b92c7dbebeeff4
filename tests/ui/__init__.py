"""Tests of the window and its rooms."""
