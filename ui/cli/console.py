"""The console that tables and answers are printed on."""

from rich.console import Console


def console() -> Console:
    """As wide as suits reading; piped output is not wrapped, so that a quote stays whole."""
    made = Console()
    made.width = min(made.width, 100) if made.is_terminal else 10_000
    return made
