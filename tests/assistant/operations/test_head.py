from assistant.operations.head import HeadAsGet
from tests.assistant.operations.asgi import Recorder, exchange, request


def test_head_is_get_without_its_body() -> None:
    app = Recorder([(b"content-length", b"7")])
    start, body = exchange(HeadAsGet(app), request("HEAD"))
    assert app.scopes[0]["method"] == "GET"
    assert (start["status"], start["headers"], body["body"]) == (200, [(b"content-length", b"7")], b"")


def test_other_methods_stay_as_they_are() -> None:
    app = Recorder()
    for method in ("GET", "POST", "OPTIONS"):
        assert exchange(HeadAsGet(app), request(method))[1]["body"] == b"content"
    assert [scope["method"] for scope in app.scopes] == ["GET", "POST", "OPTIONS"]
