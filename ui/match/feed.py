"""What is new for somebody, as an Atom feed (RFC 4287). Its address holds the answers; nothing else knows them."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from hashlib import sha256

from fastapi import Request, Response
from lxml import etree

from assistant.composition.answer_blocks import name_of
from assistant.matching.changes import Change, Matching
from assistant.messages import Messages
from corpus.clock import CHINA
from corpus.errors import InputError
from ui.document.address import own_address
from ui.match.asked import FEED_PATH, Asked, match_url, read_asked
from ui.match.view import EntryView, Viewer

_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def feed(request: Request, matching: Matching, words: Messages) -> Response:
    """The feed of an address: `since` and answers. Raises InputError for what cannot be read."""
    matcher = matching.matcher
    asked = read_asked(request.query_params.multi_items(), matcher)
    if asked.faults:
        raise asked.faults[0].error
    since = _day(request.query_params.get("since", ""))
    changes = matching.changes(since, asked.answers, asked.places)
    pairs = asked.pairs(matcher.profile)
    here = match_url(words, (("since", since.isoformat()), *pairs), path=FEED_PATH)

    def whole(path: str) -> str:
        return own_address(request, path) or f"{request.url.scheme}://{request.url.netloc}{path}"

    viewer = Viewer(matcher, asked, words)
    views = [(change, viewer.entry(change.entry)) for change in changes]
    root = _element(None, "feed")
    root.set("{http://www.w3.org/XML/1998/namespace}lang", words.html)
    _element(root, "id", f"urn:policyqa:match:{_digest(asked, since, words)}")
    _element(root, "title", words("match.feed_title"))
    _element(root, "subtitle", words("match.careful") if changes else words("match.feed_empty"))
    _element(root, "updated", _moment(changes[0].day if changes else since))
    _link(root, "self", whole(here))
    _link(root, "alternate", whole(match_url(words, pairs)))
    _element(_element(root, "author"), "name", words("page.title"))
    for change, view in views:
        _add(root, change, view, whole(view.url), words)
    body = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return Response(body, media_type="application/atom+xml")


def _add(root: etree._Element, change: Change, view: EntryView, url: str, words: Messages) -> None:
    entry = _element(root, "entry")
    title = name_of(view.record, words) if view.record else view.clause.title
    _element(entry, "id", change.id)
    verdict = words("match.office" if change.entry.open_to_office else f"match.{change.entry.verdict}")
    _element(
        entry, "title", f"{words.places(view.places)} {title}".strip() + words("match.feed_verdict", verdict=verdict)
    )
    _element(entry, "updated", _moment(change.day))
    _link(entry, "alternate", url)
    lines = [
        view.address,
        view.place_note,
        *(f"{words('match.gives')}{words('language.colon')}“{view.gives}”" for _ in view.gives[:1]),
    ]
    lines += [
        f"{words(f'match.{one.state}')}{words('language.colon')}“{one.quote}” {one.question}".strip()
        for one in view.conditions
    ]
    content = _element(entry, "content", "\n".join(filter(None, lines)))
    content.set("type", "text")


def _element(parent: etree._Element | None, name: str, text: str = "") -> etree._Element:
    tag = f"{{{_ATOM}}}{name}"
    made = etree.Element(tag, nsmap={None: _ATOM}) if parent is None else etree.SubElement(parent, tag)
    if text:
        made.text = _NOT_XML.sub("", text)
    return made


def _link(parent: etree._Element, rel: str, href: str) -> None:
    link = _element(parent, "link")
    link.set("rel", rel)
    link.set("href", href)


def _moment(day: date) -> str:
    return datetime.combine(day, time(), CHINA).isoformat()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError("请写明从哪一天起，如 2026-11-30。Give the day, as 2026-11-30.", "since") from None


def _digest(asked: Asked, since: date, words: Messages) -> str:
    told: Sequence[str] = [
        f"{key}={sorted(answer) if isinstance(answer, frozenset) else answer}" for key, answer in asked.answers.items()
    ]
    return sha256("\n".join((words.code, since.isoformat(), *asked.places, *told)).encode()).hexdigest()[:32]
