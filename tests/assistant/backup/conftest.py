"""The library that publications are tried on."""

from tests.assistant.publication.conftest import _one_encoder, library

__all__ = ["_one_encoder", "library"]
