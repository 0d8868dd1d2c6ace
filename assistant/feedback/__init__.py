"""What was asked, and what people said of the answers."""
