"""The one database of a server: SQLite or PostgreSQL, its tables and their upgrades (数据库)."""
