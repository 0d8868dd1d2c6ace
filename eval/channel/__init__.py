"""Channels outside of the site, measured by playing the platform."""
