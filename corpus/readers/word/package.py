"""The parts of a Word file that hold text.

python-docx's own package loads every part and fails at one dangling link, which files of other office programs have;
here its parser and its rules for names are used on the few parts that are read. Nothing outside the file is opened.
"""

import zipfile
from dataclasses import dataclass
from functools import cache
from typing import Any

from docx.opc.packuri import PACKAGE_URI, PackURI
from docx.oxml.ns import nsmap
from docx.oxml.ns import qn as _qn
from docx.oxml.parser import parse_xml
from lxml import etree

from corpus.errors import DocumentError
from corpus.readers.archive import damaged, open_archive, read_entry

Element = Any  # of lxml, which has no types
qn = cache(_qn)  # the full name of w:p; asked for at every element

# ISO's strict form of the format has other names for the same things.
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": nsmap["w"].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": nsmap["r"].encode(),
}


@dataclass(frozen=True, slots=True)
class WordParts:
    """The parsed parts; None where the file has no such part."""

    document: Element
    styles: Element | None
    numbering: Element | None
    footnotes: Element | None
    endnotes: Element | None


def open_word(data: bytes, file: str) -> WordParts:
    """The parts of a docx, docm or dotx. Raises DocumentError where it is none, damaged, too large, or locked."""
    with open_archive(data, file) as archive:
        package = _Package(archive, file)
        main = package.related(PackURI(PACKAGE_URI), "officeDocument") or PackURI("/word/document.xml")
        document = package.parsed(main)
        if document is None or document.tag != qn("w:document"):
            raise DocumentError(
                f"{file}:1: 不是 Word 文件（里面没有正文部件），可能是改了名的压缩包或其他文件；请放入文件本身。"
                "no Word file inside: a renamed archive or another format; put the document itself there"
            )
        names = ("styles", "numbering", "footnotes", "endnotes")
        return WordParts(document, *(package.parsed(package.related(main, name)) for name in names))


class _Package:
    def __init__(self, archive: zipfile.ZipFile, file: str) -> None:
        self._archive = archive
        self._file = file
        self._names = {name.lower(): name for name in archive.namelist()}

    def parsed(self, part: PackURI | None) -> Element | None:
        """The root of a part; None where there is none of that name."""
        name = self._names.get(part.membername.lower()) if part else None
        if name is None:
            return None
        content = read_entry(self._archive, name, self._file)
        for strict, usual in _STRICT.items():
            content = content.replace(strict, usual)
        try:
            return parse_xml(content)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise damaged(self._file, f"{name}: {error}") from error

    def related(self, source: PackURI, kind: str) -> PackURI | None:
        """The part of this kind that a part names."""
        relations = self.parsed(source.rels_uri)
        for relation in () if relations is None else relations:
            inside = relation.get("TargetMode") != "External" and relation.get("Target")
            if inside and relation.get("Type", "").rpartition("/")[2] == kind:
                return PackURI.from_rel_ref(source.baseURI, relation.get("Target"))
        return None
