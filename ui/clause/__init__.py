"""A clause as a page of its own."""
