"""The page of what people asked and did not get: from a gap to what is written for it."""
