"""Help for one field of a form: what the office says of it, the clauses that speak of it, or a guess at them."""
