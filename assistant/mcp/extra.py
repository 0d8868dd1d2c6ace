"""Whether the SDK of the Model Context Protocol is there: an extra, imported by nothing that is switched off."""

from importlib.util import find_spec

from corpus.errors import SettingsError


def require_sdk(wanted_by: str) -> None:
    """Raises SettingsError, naming what wants it, where the SDK is not installed or too old."""
    if find_spec("mcp") is None or find_spec("mcp_types") is None:  # before 2.0 there was no mcp_types
        raise SettingsError(
            f'{wanted_by} 需要 MCP 的开发包，请安装：pip install "policyqa[mcp]"。'
            f'{wanted_by} needs the SDK of MCP; install it: pip install "policyqa[mcp]".'
        )
