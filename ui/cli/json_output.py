"""JSON for programs."""

import json
import sys


def print_json(value: object) -> None:
    """JSON as it is where the output takes Chinese; elsewhere with escapes, so that it is JSON still."""
    is_unicode = sys.stdout.encoding.lower().replace("-", "").startswith("utf")
    print(json.dumps(value, ensure_ascii=not is_unicode, indent=2))
