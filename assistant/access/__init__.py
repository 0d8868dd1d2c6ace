"""Who may do what: roles, keys, accounts, sessions (权限)."""
