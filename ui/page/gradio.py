"""Gradio, and not the SDK of MCP with it, which it would import for itself wherever it is installed.

That takes a second at every start and is used by nothing here: /mcp is ours (assistant/mcp), and off unless it is
switched on. Every module takes Gradio from here.
"""

import sys

_TAKEN_ALONG = "mcp"

if _TAKEN_ALONG in sys.modules:
    import gradio
else:
    sys.modules[_TAKEN_ALONG] = None  # type: ignore[assignment]  # what Python takes for "not there"
    try:
        import gradio
    finally:
        del sys.modules[_TAKEN_ALONG]

__all__ = ["gradio"]
