"""A library whose vectors lie in Milvus: published, gone back to, and swept as its generations come and go."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.opening import engine_of
from assistant.publication.opening import ledger_of, shown
from assistant.publication.publisher import Publisher
from assistant.publication.switching import Switching
from assistant.settings import Settings
from corpus.errors import EngineError
from index.engines.milvus.engine import ALIAS, MilvusEngine
from tests.assistant.publication.shelf import MARKET, fee, publish, published, put


@pytest.fixture
def there(library: Settings, tmp_path: Path) -> Settings:
    """The library's settings with Milvus, of which two generations are kept."""
    return replace(library, engine="milvus", milvus_url=str(tmp_path / "milvus.db"), keep_generations=2)


def engine(settings: Settings) -> MilvusEngine:
    found = engine_of(settings)
    assert isinstance(found, MilvusEngine)
    return found


def collections(settings: Settings) -> set[str]:
    return set(engine(settings).connection.call("list_collections"))


def meant(settings: Settings) -> str:
    return str(engine(settings).connection.call("describe_alias", ALIAS)["collection_name"])


def test_every_generation_has_its_collection_and_the_alias_follows_the_one_in_service(there: Settings) -> None:
    publish(there)
    first = meant(there)
    put(there, "market", MARKET.format(fee=6))
    publish(there)
    assert "6元" in fee(there)
    assert collections(there) == {first, meant(there)}
    Switching(there.library_folder, show=shown(there)).rollback()
    assert "5元" in fee(there)
    assert meant(there) == first
    for price in (7, 8):
        put(there, "market", MARKET.format(fee=price))
        publish(there)
    assert "8元" in fee(there)
    ledger = ledger_of(there)
    assert ledger
    assert collections(there) == ledger.named()
    assert meant(there) in collections(there)
    assert len(collections(there)) == 2


def test_a_publication_that_cannot_reach_milvus_leaves_the_generation_in_service(
    there: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(there)
    put(there, "market", MARKET.format(fee=6))
    with monkeypatch.context() as patched:
        patched.setattr(MilvusEngine, "_fill", lambda *_, **__: (_ for _ in ()).throw(EngineError("away")))
        with pytest.raises(EngineError):
            Publisher(there).publish()
    assert published(there) == 1
    assert "5元" in fee(there)
    assert len(collections(there)) == 1
    publish(there)
    assert "6元" in fee(there)


def test_what_did_not_change_is_not_encoded_again(there: Settings) -> None:
    publish(there)
    put(there, "market", MARKET.format(fee=6))
    assert Publisher(there).publish().manifest.encoded == 1
