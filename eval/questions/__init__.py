"""Labelled questions."""
