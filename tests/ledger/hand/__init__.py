"""Tests of what is entered by hand."""
