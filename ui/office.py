"""The pages of the office: the library of the clerks and the manager's overview, behind one guard."""

from starlette.types import ASGIApp

from assistant.feedback.store import FeedbackStore
from assistant.settings import Settings
from ui.edition import Site
from ui.library.desk import make_desk
from ui.library.routes import library_app
from ui.overview.routes import overview_router


def office_app(settings: Settings, site: Site, feedback: FeedbackStore) -> ASGIApp:
    """All of them over what is in service on `site`. They ask nobody who they are: `LocalLibrary` stands in front."""
    desk = make_desk(settings, lambda: site.assistant().corpus)
    return library_app(desk, overview_router(site.assistant, feedback))
