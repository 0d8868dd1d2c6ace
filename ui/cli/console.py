"""Where the commands print what people read."""

from rich.console import Console


def reading_console() -> Console:
    """As wide as suits reading; piped output is not wrapped, so that a quote stays whole."""
    console = Console()
    console.width = min(console.width, 100) if console.is_terminal else 10_000
    return console
