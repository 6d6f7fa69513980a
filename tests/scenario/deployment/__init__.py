"""Tests of the deployment section."""
