"""Work that can wait gives way to the servers on the same machine, whose askers cannot."""

import os

_LOWER = 15  # of 19: on a busy machine such work gets what is left


def give_way() -> None:
    """Let this process, and those that it starts, work only where nobody else wants to; where a system can."""
    if hasattr(os, "nice"):
        os.nice(_LOWER)
