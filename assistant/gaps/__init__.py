"""What people asked and did not get: grouped by meaning, worked on, published, asked again (缺口)."""
