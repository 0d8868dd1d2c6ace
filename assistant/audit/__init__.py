"""Who did what: one chain of rows that can only be added to, and that shows what was altered or taken away (审计)."""
