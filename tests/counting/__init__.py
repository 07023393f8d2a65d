"""Counting what happens."""
