"""Documents of different places about one subject, told from their titles: each city's rules on public housing."""

import re
from functools import cached_property

from corpus.clause import Document
from corpus.corpus import Corpus
from corpus.places.gazetteer import load_gazetteer
from index.text.normalizer import normalize

_HAN = re.compile(r"[\u3400-\u9fff]+")
# Words of titles that say what kind of text it is, or how it came about, and not what it is about.
_OF_ANY_TITLE = re.compile(
    "营商环境|人民政府|进一步|办公室|办公厅|委员会|办法|规定|细则|条例|意见|通知|措施|方案|公告|决定|实施|管理|若干|暂行|试行|关于|印发"
    "|转发|发布|优化|改革|政策|支持|推进|推动|促进|服务|工作|加强|加快|全市|全省|行动|计划|保障|指南|指引|标准|开展|做好|落实|有关|问题"
    "|本市|市级|市区|规范|补充|修订|修改|扶持|补助|补贴|奖励|[市县区省]"
)


class Parallels:
    """Which documents of a corpus are about one subject. Safe from several threads."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def are(self, one: str, other: str) -> bool:
        """Whether two documents, by their ids, are about one subject."""
        return other in self.of(one)

    def of(self, document: str) -> frozenset[str]:
        """The ids of the other documents about the subject of one."""
        return self._others.get(document, frozenset())

    @cached_property
    def _others(self) -> dict[str, frozenset[str]]:
        subjects = {document.id: _subjects(document) for document in self._corpus.browsable.documents}
        with_pair: dict[str, set[str]] = {}
        for id_, pairs in subjects.items():
            for pair in pairs:
                with_pair.setdefault(pair, set()).add(id_)
        return {id_: frozenset().union(*(with_pair[pair] for pair in pairs)) - {id_} for id_, pairs in subjects.items()}


def _subjects(document: Document) -> frozenset[str]:
    """The pairs of characters of a title that say what it is about."""
    title: str = normalize(document.title)
    for start, end, _ in reversed(load_gazetteer().spans(title)):
        title = f"{title[:start]} {title[end:]}"
    pieces = _HAN.findall(_OF_ANY_TITLE.sub(" ", title))
    return frozenset(piece[at : at + 2] for piece in pieces for at in range(len(piece) - 1))
