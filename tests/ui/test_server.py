import pytest

from corpus.errors import SettingsError
from ui.server import listen


def test_a_port_in_use_is_named_with_the_way_out() -> None:
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"{port}.*--port"):
            listen("127.0.0.1", port)
