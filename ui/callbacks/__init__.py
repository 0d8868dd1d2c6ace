"""Conversations that citizens have handed over, and the calls that are owed to them."""
