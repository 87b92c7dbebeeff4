"""Tests of the call room."""
