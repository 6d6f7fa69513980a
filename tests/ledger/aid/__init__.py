"""Tests of the aid tracker."""
