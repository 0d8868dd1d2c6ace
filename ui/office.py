"""The pages of the office: the clerks' library, saved questions, versions, gaps, calls back, overview; one guard."""

from collections.abc import Sequence

from fastapi import APIRouter, FastAPI
from fastapi.routing import iter_route_contexts
from starlette.types import ASGIApp

from assistant.api.handover import handover_reading
from assistant.feedback.store import FeedbackStore
from assistant.gaps.book import open_book
from assistant.gaps.effect import SavedEffect
from assistant.gaps.loop import Gaps
from assistant.handover.store import open_handovers
from assistant.publication.examined import Asked
from assistant.publication.results import kept_results
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.library.library import Library
from corpus.lifecycle.touched import SavedQuestion
from corpus.readers.cache import SourceCache
from eval.gate import Gate
from eval.questions.saved import QUESTIONS, SavedQuestions
from ui.callbacks.routes import callback_pages
from ui.edition import Site
from ui.gaps.routes import gaps_router
from ui.library.desk import make_desk
from ui.library.differences import difference_pages
from ui.library.routes import library_routes, receiving
from ui.overview.routes import overview_router
from ui.questions.routes import questions_router


class Office:
    """What the pages of the office work on, beside what is in service on a site."""

    def __init__(self, settings: Settings, site: Site, feedback: FeedbackStore, *others: APIRouter) -> None:
        """`others`: pages that are made elsewhere."""
        self._others = others
        self._settings = settings
        self._site = site
        self._feedback = feedback
        self._questions = SavedQuestions(settings.library_folder / QUESTIONS)
        self._library = Library(settings.library_folder, SourceCache(settings.kept_sources))

    def app(self) -> ASGIApp:
        """All pages. They ask nobody who they are: the Gate stands in front."""
        routes = self.routes()
        self._site.doors |= {one.path for one in iter_route_contexts(routes.routes) if one.path}
        return receiving(routes)

    def routes(self) -> FastAPI:
        """All their routes."""
        desk = make_desk(self._settings, lambda: self._site.assistant().corpus)
        return library_routes(desk, *self._routers(), *self._others)

    def _routers(self) -> Sequence[APIRouter]:
        current, library = self._site.assistant, self._library
        pages = [
            questions_router(current, self._questions.folder, self._kept, lambda: library.load().corpus),
            difference_pages(library.load, current, self._saved),
            overview_router(current, self._feedback),
        ]
        if self._feedback.database is not None:  # without a store nobody knows what was asked
            gaps = Gaps(open_book(self._feedback), current, library, self._effect)
            pages.append(gaps_router(gaps))
            self._site.follow(gaps.follow)
        if handovers := open_handovers(self._feedback, self._settings):
            pages += [handover_reading(current, handovers), callback_pages(current, handovers)]
        return pages

    def _kept(self) -> Sequence[Asked]:
        """What became of the saved questions when the generation in service was published."""
        published = self._site.assistant().published
        return kept_results(published.documents.parent) if published else ()

    def _saved(self) -> Sequence[SavedQuestion]:
        questions = (one.labelled for one in self._questions.own())
        return [SavedQuestion(q.id, q.question, (*q.relevant, *q.relevant_parts), q.quote) for q in questions]

    def _effect(self, before: Assistant, after: Assistant) -> SavedEffect:
        """The office's own saved questions, asked of both; publishing asks the shipped ones as well."""
        found = Gate(self._questions.own(), self._questions.known())(after, before, ())
        return SavedEffect(
            len(found.results), *(tuple(c.now.question for c in each) for each in (found.broken, found.mended))
        )


def office_app(settings: Settings, site: Site, feedback: FeedbackStore, *others: APIRouter) -> ASGIApp:
    """The pages of the office over what is in service on a site, and `others`."""
    return Office(settings, site, feedback, *others).app()
