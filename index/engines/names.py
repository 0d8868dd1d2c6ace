"""The engines by name, for settings: nothing heavy is loaded for them."""

EMBEDDED = "embedded"  # postings and vectors in the index's own files, searched in memory
MILVUS = "milvus"
ENGINES = (EMBEDDED, MILVUS)
