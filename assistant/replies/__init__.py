"""Messages that are no ordinary question: what is said to each kind."""
