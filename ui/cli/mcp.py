"""`policyqa mcp`: the tools of the Model Context Protocol on standard input and output."""

import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

from assistant.settings import Settings


def mcp() -> None:
    """供智能体等程序调用：在标准输入输出上按 MCP 协议提供只读工具 · tools of MCP on stdin and stdout, for agents.

    由 MCP 客户端启动，不用人来输入；日志写到标准错误 · started by an MCP client; the log goes to standard error.

    例 example: policyqa mcp
    """
    from assistant.mcp.extra import require_sdk
    from assistant.operations.log_lines import set_up_logging

    settings = Settings.from_environment()
    require_sdk("policyqa mcp")
    from assistant.mcp.stdio import serve_stdio
    from assistant.mcp.tools import Served
    from ui.cli.assistant import open_assistant

    set_up_logging(settings.log, settings.log_level)
    if sys.stdin.isatty():
        print(
            "等待 MCP 客户端的消息；按 Ctrl+C 停止 · Waiting for messages of an MCP client; Ctrl+C to stop",
            file=sys.stderr,
        )
    with redirect_stdout(sys.stderr):  # whatever is said while an index is built: the output is the protocol's
        assistant = open_assistant(settings)
        assistant.warm_up()
    serve_stdio(Served(assistant, settings.request_limits, is_off=_switch(settings)))


def _switch(settings: Settings) -> Callable[[], bool]:
    """Whether answers for programs are switched off, looked up at every question; no database, nothing switched."""
    from assistant.audit.audit import Audit
    from assistant.switches.kept_file import KeptFile
    from assistant.switches.operation import Following, Operation
    from assistant.switches.state import Channel
    from assistant.switches.switchboard import Switchboard

    operation = Operation()
    following = Following(operation, Switchboard(Audit.open(settings)), kept=KeptFile(settings.kept_switches))

    def is_off() -> bool:
        if not isinstance(settings.state, Path) or settings.state.is_file():
            following.look()
        return operation.is_off(Channel.API)

    return is_off
