"""Plain-language records beside the texts."""
