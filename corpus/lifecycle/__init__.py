"""The life of a document: how one version differs from another, and what a change touches."""
