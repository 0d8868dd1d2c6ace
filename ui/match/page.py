"""`/match`: questions, and the clauses that are for who answers them so. Forms that GET, so that no script is needed.

A small screen shows one question at a time, a large one all of them beside the result; one template holds both, and the
answers that are not on the screen travel along in it.
"""

from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.matching.changes import Matching
from assistant.matching.evaluation import Evaluation
from assistant.matching.matcher import Matcher
from assistant.messages import Messages, languages, messages
from assistant.service import Assistant
from corpus.records.profile import ProfileQuestion
from corpus.validity import today
from ui.document.address import own_address
from ui.match.asked import FEED_PATH, Asked, match_path, match_url, moved, read_asked
from ui.match.feed import feed
from ui.match.view import Viewer, answer_in, fault_in, question_in, values_in
from ui.page.languages import language
from ui.page.templates import render

_SEE_OTHER = 303


def match_pages(assistant: Assistant) -> APIRouter:
    """The page and its feed in every language; not part of the API, so absent from its description."""
    router = APIRouter(include_in_schema=False)
    matching = Matching(assistant)

    def page(code: str, request: Request) -> Response:
        words, matcher = _words(code, request), matching.matcher
        asked, to = read_asked(request.query_params.multi_items(), matcher), request.query_params.get("to")
        if to and not asked.faults:
            then = moved(asked, to, matcher)
            return RedirectResponse(match_url(words, then.pairs(matcher.profile), ask=then.ask), _SEE_OTHER)
        return HTMLResponse(_page(matcher, asked, words, request), 422 if asked.faults else 200)

    def changes(code: str, request: Request) -> Response:
        return feed(request, matching, _words(code, request))

    for words in map(messages, languages()):
        router.add_api_route(match_path(words), partial(page, words.code), methods=["GET"])
        router.add_api_route(match_path(words, FEED_PATH), partial(changes, words.code), methods=["GET"])
    return router


def _words(code: str, request: Request) -> Messages:
    """The language of the path; where that is the first one, an address may ask for another, as of other pages."""
    return language(request.query_params.get("lang", code) if code == languages()[0] else code)


def _page(matcher: Matcher, asked: Asked, words: Messages, request: Request) -> str:
    profile = matcher.profile
    found = matcher.match(asked.answers, asked.places, skipped=asked.skipped)
    path = matcher.path(asked.answers, asked.places, asked.skipped)
    is_asking = bool(asked.ask) or (asked.is_blank and found.next is not None)
    current = asked.ask or (found.next.question.key if found.next else "")
    pairs = asked.pairs(profile)
    here = match_url(words, pairs)
    questions = _questions(matcher, asked)
    shown = {question.key for question, _ in questions}
    since = ("since", today().isoformat())
    return render(
        "match/match.html",
        words,
        records=len(matcher),
        asked=asked,
        faults=[fault_in(fault, profile, words) for fault in asked.faults],
        found=found,
        sections=Viewer(matcher, asked, words).sections(found),
        questions=questions,
        kept=[pair for pair in pairs if pair[0] in profile and pair[0] not in shown],
        is_asking=is_asking,
        current=current,
        number=path.index(current) + 1 if current in path else len(path) or 1,
        left=sum(key != current for key in found.to_come),
        is_first=not path or current == path[0],
        places=tuple(dict.fromkeys((*matcher.corpus.places, *asked.places))),
        question_in=question_in,
        values_in=values_in,
        answer_in=answer_in,
        profile=profile,
        here=here,
        link=own_address(request, here) or here,
        action=match_url(words),
        to=lambda key: match_url(words, pairs, ask=key) + f"#q-{key}",
        feed_url=match_url(words, (since, *(pair for pair in pairs if pair[0] != "skip")), path=FEED_PATH),
        switch=lambda other: match_url(other, pairs, ask=asked.ask),
    )


def _questions(matcher: Matcher, asked: Asked) -> list[tuple[ProfileQuestion, bool]]:
    """The questions that matter or may matter, each with whether that is certain."""
    evaluation = Evaluation(matcher.profile, asked.answers)
    judged = [(question, evaluation.matters(key)) for key, question in matcher.profile.items()]
    return [(question, matters is True) for question, matters in judged if matters is not False]
