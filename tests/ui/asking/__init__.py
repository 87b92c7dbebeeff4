"""Tests of one question asked."""
