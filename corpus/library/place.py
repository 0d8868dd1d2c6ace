"""Where the library keeps its documents. Light, because the settings ask.

POLICYQA_LIBRARY/
├── LOCK          held by whoever adds or removes; others wait
└── documents/    a folder as POLICYQA_CORPUS names one, with a sub-folder a document:
    └── {id}/     the file as received, its facts in a .toml, its records in a .plain.yaml
"""

from pathlib import Path

DOCUMENTS = "documents"
LOCK = "LOCK"


def documents_folder(library: Path) -> Path | None:
    """The folder of the library's documents; None before the first one has been added."""
    folder = library / DOCUMENTS
    return folder if folder.is_dir() else None
