"""Hard terms of government services and what they mean in plain words, each with a public text that uses it."""
