"""What people say and what official texts write."""
