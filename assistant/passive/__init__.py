"""Channels that ask by a callback and are replied in its response (被动回复): given once, and kept briefly."""
