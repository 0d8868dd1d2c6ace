"""The hotline agents' page."""
