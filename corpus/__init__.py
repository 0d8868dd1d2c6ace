"""Policy texts as data: Document → Clause → Part, and the parser that makes them."""
