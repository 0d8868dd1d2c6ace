"""Ids of clauses and parts as they stand in a text, and parts that are named by their number behind a clause."""

import re

from corpus.addresses.book import Admits, walk
from corpus.addresses.findings import Findings
from corpus.addresses.grammar import parts_named
from corpus.clause import Clause, Part
from corpus.corpus import Corpus


def read_ids(raw: str, corpus: Corpus, admits: Admits, findings: Findings) -> int:
    """Notes every id in the text, of which `raw` is the unfolded form; returns how many there are."""
    text, count = findings.text, 0
    for match in re.finditer(":", text):
        found = corpus.address_book.id_at(raw, text, match.start())
        if found is None:
            continue
        start, end, document, key = found
        named = corpus.address_book.by_key(document, key)
        count += 1
        findings.context.taken(start, end)
        if named is None:
            findings.absent[key] = None
        elif admits(named[0]):
            findings.ids[named[1].id if named[1] else named[0].id] = None
            if named[1] is None:
                read_parts_behind(named[0], end, findings)
        findings.spans.append((start, end))
    return count


def read_parts_behind(clause: Clause, end: int, findings: Findings) -> None:
    """Notes the parts of a clause that the text names from `end` on, in its place."""
    for step, span in parts_named(findings.text, end):
        part = walk(clause, [step]) if findings.context.free(span[0]) == span[0] else None
        if isinstance(part, Part):
            findings.ids.pop(clause.id, None)
            findings.ids[part.id] = None
            findings.spans.append(span)
