"""Telling another system of the office that something has happened: published, a gap opened, a call back due."""
