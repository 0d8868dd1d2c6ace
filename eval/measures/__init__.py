"""Measures of ranking and of answers."""
