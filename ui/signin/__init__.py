"""Signing in, one's own password and sessions, and the admin's page (登录和管理)."""
