"""Tests of qualification."""
