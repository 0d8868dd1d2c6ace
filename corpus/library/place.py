"""Where the library keeps what it holds. Light, because the settings ask.

POLICYQA_LIBRARY/
├── FORMAT        how the folder is laid out; a folder without it is of the days before publication
├── LOCK          held by whoever adds or removes; others wait
├── documents/    the working copy: a folder as POLICYQA_CORPUS names one, with a sub-folder a document:
│   └── {id}/     the file as received, its facts in a .toml, its records in a .plain.yaml
└── generations/  what has been published; see `assistant.publication`
    ├── CURRENT   the number of the one in service and the SHA-256 of its manifest
    └── 0008/     its documents, as in the working copy when it was published, and the index over them
"""

import re
from pathlib import Path

DOCUMENTS = "documents"
LOCK = "LOCK"
FORMAT, CURRENT_FORMAT = "FORMAT", "2\n"
GENERATIONS, CURRENT = "generations", "CURRENT"
_POINTER = re.compile(rb"([0-9]{4,}) ([0-9a-f]{64})\n")
_MOST_POINTER = 200  # bytes


def documents_folder(library: Path) -> Path | None:
    """The folder of the working copy; None before the first document has been added."""
    folder = library / DOCUMENTS
    return folder if folder.is_dir() else None


def generations_folder(library: Path) -> Path:
    """Where what has been published lies."""
    return library / GENERATIONS


def pointer_in(file: Path) -> tuple[str, str] | None:
    """The name of a generation and the SHA-256 of its manifest, as a pointer such as CURRENT holds them.

    None where there is no such file, or one that no publication has written.
    """
    try:
        with file.open("rb") as opened:
            match = _POINTER.fullmatch(opened.read(_MOST_POINTER))
    except OSError:
        return None
    return (match[1].decode(), match[2].decode()) if match else None


def served_documents(library: Path) -> Path | None:
    """The documents in service: those of the current generation; None before the first, which is the shipped ones.

    A library of the days before publication is served as it lies until it is published.
    """
    generations = generations_folder(library)
    if pointer := pointer_in(generations / CURRENT):
        return generations / pointer[0] / DOCUMENTS
    return None if (library / FORMAT).exists() else documents_folder(library)
