"""What an operator switches while the service runs: answers off by channel, a notice on every page (开关和公告)."""
