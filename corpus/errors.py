"""Every error policyqa raises on purpose, in one tree.

    PolicyQAError
    ├── InputError                 the caller gave something unusable            exit 2, HTTP 422
    │   ├── DocumentError          a policy text or its metadata is malformed    names file and line
    │   ├── QuestionFileError      a question file is malformed                  names file and line
    │   └── NotFoundError          no such document or clause                    HTTP 404
    ├── SettingsError              a setting is unknown or has a bad value       exit 2
    ├── StoreError                 the index on disk cannot be used              exit 3, HTTP 503
    │   ├── IndexMissingError      nothing has been built there yet
    │   ├── IndexMismatchError     built from another corpus, tokenizer, encoder
    │   └── IndexDamagedError      a file is truncated, altered or absent
    ├── FloorError                 a figure is below what was asked for           exit 1
    ├── BrokenAuditError           the audit was tampered with                     exit 1
    └── EngineError                an engine cannot be started or reached        exit 4, HTTP 503
        ├── EncoderError           the embedding model is missing or damaged
        └── DatabaseError          the database cannot be read or written

"The documents do not say" is not an error but an answer with status `no_answer`.
Every message ends with what to do next.
"""


class PolicyQAError(Exception):
    """Root of the tree; never raised itself."""

    exit_code = 1


class InputError(PolicyQAError):
    """Bad input. `field` names the offending field, where there is one."""

    exit_code = 2

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class DocumentError(InputError):
    """A policy text or metadata file cannot be read; the message starts with file and line."""


class QuestionFileError(InputError):
    """A question file cannot be read; the message starts with file and line."""


class NotFoundError(InputError):
    """The id names no document, clause or answer."""


class SettingsError(PolicyQAError):
    """An unknown setting, or a value outside its range."""

    exit_code = 2


class StoreError(PolicyQAError):
    """The index on disk cannot be used."""

    exit_code = 3


class IndexMissingError(StoreError):
    """No index has been built at this path."""


class IndexMismatchError(StoreError):
    """The index was built from another corpus, tokenizer or encoder than the one in use."""


class IndexDamagedError(StoreError):
    """A file of the index is truncated, altered or absent."""


class FloorError(PolicyQAError):
    """A figure of an evaluation is below the least that it may be."""

    exit_code = 1


class BrokenAuditError(PolicyQAError):
    """The chain of the audit does not hold; the message names the rows."""

    exit_code = 1


class EngineError(PolicyQAError):
    """A retrieval engine or a database cannot be started or reached."""

    exit_code = 4


class EncoderError(EngineError):
    """The embedding model is missing, damaged or of an unsupported kind."""


class DatabaseError(EngineError):
    """The database cannot be reached, read or written."""
