"""`/match`: which policies are for somebody, by a few questions."""
