"""How the office says that the matter of a clause is done, as JSON."""

from datetime import date

from pydantic import BaseModel, Field

from corpus.records.guides import Aspect, Guide, Told


class ToldOut(BaseModel):
    """What the office says of one aspect: its own words, not the document's."""

    lines: list[str]
    lines_en: list[str] | None = Field(description="英文；没有则为空 · in English, where it is written")
    source: str
    checked: date = Field(description="哪天核对的 · the day on which the office checked it")


class GuideOut(BaseModel):
    """办理机构提供的办事指南；没有写的为空（文件未写明）· the office's guide; null is not stated."""

    name: str
    name_en: str
    clauses: list[str]
    conditions: ToldOut | None
    materials: ToldOut | None
    process: ToldOut | None
    time_limit: ToldOut | None
    fee: ToldOut | None


def guide_out(guide: Guide | None) -> GuideOut | None:
    """The guide as a reader gets it; None where there is none."""
    if guide is None:
        return None
    told = {str(aspect): _told(guide.told.get(aspect)) for aspect in Aspect}
    return GuideOut.model_validate(
        {"name": guide.name, "name_en": guide.name_en, "clauses": list(guide.clauses), **told}
    )


def _told(told: Told | None) -> ToldOut | None:
    if told is None:
        return None
    return ToldOut(
        lines=list(told.lines),
        lines_en=list(told.lines_en) or None,
        source=told.origin.source,
        checked=told.origin.checked,
    )
