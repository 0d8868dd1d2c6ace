"""Channels from outside that ask by a callback: one file a channel, beside what they share."""
