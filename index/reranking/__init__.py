"""The order of the first clauses, by how each word of the question is answered."""
