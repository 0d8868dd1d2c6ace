"""Who a clause is for: verdicts on every clause that says so, by Kleene's logic over the answers of a profile."""
