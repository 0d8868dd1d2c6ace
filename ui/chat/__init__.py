"""The citizens' page."""
