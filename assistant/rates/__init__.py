"""How often a client may ask, read and write, and how much of it is kept (限额)."""
