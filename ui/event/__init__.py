"""Life events (一件事) as pages: what people set out to do, step by step, with the clauses that help."""
