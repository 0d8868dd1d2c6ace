"""The policyqa.toml that `policyqa settings --example` prints; `python -m eval.settings_example` writes it."""

from pathlib import Path

EXAMPLE = Path(__file__).with_name("example.toml")
