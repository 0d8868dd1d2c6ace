"""Which engine an index is searched by."""

from corpus.errors import EngineError
from index.engines.engine import Engine
from index.engines.names import EMBEDDED


def open_engine(name: str, url: str = "", token: str = "", database: str = "") -> Engine | None:
    """The engine of a name; None for the embedded one. Nothing is connected yet.

    Raises EngineError where the client library is not installed.
    """
    if name == EMBEDDED:
        return None
    try:
        from index.engines.milvus.connection import Address  # noqa: PLC0415  (a heavy library, seldom wanted)
        from index.engines.milvus.engine import milvus_engine  # noqa: PLC0415
    except ImportError as error:
        raise EngineError(
            "POLICYQA_ENGINE=milvus 需要安装客户端：pip install 'policyqa[milvus]'。"
            f"The client of Milvus is not installed ({error}); run pip install 'policyqa[milvus]'."
        ) from error
    return milvus_engine(Address(url, token, database))
