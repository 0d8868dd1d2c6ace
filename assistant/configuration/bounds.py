"""What a setting may hold: between which numbers, which words, which kind of items."""

import re
from collections.abc import Callable, Mapping
from ipaddress import ip_network

_ORIGIN = re.compile(r"\*|https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d+)?")
_GRANT = re.compile(r"[^=]+=(?:agent|editor|admin)")
_HOST = re.compile(r"\*|(?:\*\.)?[a-z0-9_.-]+|\[?[0-9a-f:.]+\]?", re.IGNORECASE)

RANGES = {
    "threshold": (0, 1),
    "gate": (0, 1_000_000),
    "limit": (1, 1_000_000),
    "max_limit": (1, 1_000_000),
    "max_question": (1, 1_000_000),
    "max_history": (1, 1_000_000),
    "max_characters": (1, 100_000_000),
    "max_body": (1, 1_000_000_000),
    "concurrency": (0, 1024),
    "max_queue": (0, 1_000_000),
    "recent": (0, 100_000),
    "keep_alive": (1, 86_400),
    "connections": (10, 1_000_000),
    "receive_seconds": (1, 3600),
    "feedback_days": (0, 36_500),
    "audit_days": (0, 36_500),
    "keep_generations": (2, 1000),
    "session_idle": (1, 10_080),
    "session_hours": (1, 720),
    "model_seconds": (0.1, 30),
    "model_calls": (1, 32),
}
CHOICES = {"log": ("text", "json"), "log_level": ("debug", "info", "warning", "error")}


def _is_network(item: str) -> bool:
    try:
        ip_network(item, strict=False)
    except ValueError:
        return item == "*"
    return True


ITEMS: Mapping[str, tuple[Callable[[str], object], str, str]] = {
    "allowed_hosts": (_HOST.fullmatch, "主机名或 *", "host names without a port, *.example.com, or *"),
    "trusted_proxies": (_is_network, "代理的 IP 地址或网段", "IP addresses or networks of your proxies"),
    "access_grants": (_GRANT.fullmatch, "“名称=角色”，如 clerks=editor", "name=role, such as clerks=editor"),
    "cors_origins": (_ORIGIN.fullmatch, "来源，如 https://www.example.com", "origins such as https://www.example.com"),
}
