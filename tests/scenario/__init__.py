"""Tests of what can follow."""
