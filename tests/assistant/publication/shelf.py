"""A small library of invented texts, and the publisher of it."""

from pathlib import Path

from assistant.publication.generations import Generations
from assistant.publication.publisher import Publisher
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.library.place import CURRENT_FORMAT, DOCUMENTS, FORMAT, generations_folder

FERRY = """曲靖市渡口管理办法
第一条 渡口早上六点开渡，晚上九点停渡。
第二条 过渡每人两元，六十五岁以上老人免费。
"""
MARKET = """曲靖市早市管理办法
第一条 早市摊位费每天{fee}元，由市场管理处收取。
第二条 早市上午十点收摊。
"""


def settings_in(folder: Path) -> Settings:
    return Settings(index=folder / "index", library=folder / "library", feedback=None, keep_generations=3)


def put(settings: Settings, name: str, text: str, facts: str = "") -> None:
    """Put a document into the working copy, or change it there, as a clerk's tool would."""
    library = settings.library_folder
    home = library / DOCUMENTS / name
    home.mkdir(parents=True, exist_ok=True)
    (library / FORMAT).write_text(CURRENT_FORMAT, encoding="utf-8")
    (home / f"{name}.txt").write_text(text, encoding="utf-8")
    (home / f"{name}.toml").write_text(f'jurisdiction = ["曲靖"]\n{facts}', encoding="utf-8")


def published(settings: Settings) -> int | None:
    """The number of the generation in service, every file of which is as it was sealed."""
    generations = Generations(generations_folder(settings.library_folder))
    pointer = generations.current()
    return generations.check(pointer).number if pointer else None


def fee(settings: Settings) -> str:
    """What the service says of the fee of the market."""
    answer = Assistant.open(settings).ask("早市摊位费多少钱")
    return answer.citations[0].quote if answer.citations else answer.text


def publish(settings: Settings) -> int:
    return Publisher(settings).publish().manifest.number
