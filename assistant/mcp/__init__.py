"""The Model Context Protocol: read-only tools and resources for agents of other programs, over HTTP and over stdio.

    POST /mcp ─ layers of the site ─ endpoint.py ─┐
    policyqa mcp ─ stdin, stdout ─ stdio.py ──────┴─ server.py (the SDK) ─ tools.py, resources.py ─ Assistant

What a tool takes and gives are the types of the HTTP API. Nothing here is imported before it is switched on; the SDK is
the extra `mcp`.
"""
