"""Fits what is data in the assistant."""
