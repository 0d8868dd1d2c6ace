"""The retrieval engines."""
