"""How likely the best clause answers."""
