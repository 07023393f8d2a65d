"""Tests of the console's pages about what schools hand in."""
