"""Everything that an office has added, in one archive: made while it is served, put back as a whole (备份与恢复)."""
