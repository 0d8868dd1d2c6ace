"""What to say, and what to do next, when there is no answer. A refusal never quotes and never claims.

The same question refused twice in one conversation is not met with the same words twice.
"""

import re
from collections.abc import Iterable, Sequence

from assistant.answer import Reason
from assistant.composition.answer_blocks import Audience, without_marks
from assistant.confidence.model import said
from assistant.question.answer_types import Kind, lacking
from assistant.question.history import ASSISTANT, Turn
from assistant.question.understand import NAMED
from assistant.retrieval.retrieve import Found
from corpus.clause import Clause
from corpus.corpus import Corpus
from corpus.label import label
from corpus.places.gazetteer import english_name
from index.text.normalizer import normalize

_NEAR = 0.3  # score from which the first hit is about the matter, though it does not answer
_CLEARLY = 0.1  # by which another place's clause must score higher to be named
_TEXTS = {
    "zh": {
        Reason.NOT_IN_DOCUMENTS: "{scope}文件没有回答这个问题。可以换个说法再问，或拨打12345政务服务便民热线咨询。",
        Reason.PLACE_NOT_COVERED: (
            "现有文件不涉及{missing}。目前收录的是{covered}的文件；请拨打当地12345咨询{missing}的规定。"
        ),
        Reason.OUT_OF_SCOPE: "这里只回答已收录政策文件里的问题，例如“怎么申请首贷”。",
        Reason.GREETING: "您好，我可以从{covered}的政策文件里查找条款，例如“怎么申请首贷”“房贷还清后怎么注销抵押”。",
        Reason.UNREADABLE: "没有看懂您的问题。请用一句话写出想办的事，例如“公司搬到另一个区要办哪些手续”。",
    },
    "en": {
        Reason.NOT_IN_DOCUMENTS: (
            "The documents {scope} do not answer this. Try other words, or call the 12345 hotline."
        ),
        Reason.PLACE_NOT_COVERED: (
            "The documents do not cover {missing}. They are those of {covered}; "
            "for {missing}, please call the 12345 hotline there."
        ),
        Reason.OUT_OF_SCOPE: (
            "I only answer from the policy documents held here; ask, for example, “How do I get first-loan support?”."
        ),
        Reason.GREETING: (
            "Hello. I look up clauses in the policy documents of {covered}; "
            "ask, for example, “How do I get first-loan support?”."
        ),
        Reason.UNREADABLE: "I could not read that. Please write in one sentence what you want to get done.",
    },
}
_KIND_LACKING = {
    "zh": (
        "{scope}文件没有写明{kind}。最接近的是{where}“{name}”，但其中没有这项内容。可拨打12345政务服务便民热线核实。"
    ),
    "en": (
        "The documents {scope} do not state {kind}. The nearest is {where}, “{name}”, which does not give one. "
        "The 12345 hotline can tell you."
    ),
}
_ELSEWHERE = {
    "zh": (
        "{scope}文件没有这方面的规定。{place}的文件有：{where}“{name}”，只适用于{place}。本地情况请拨打当地12345咨询。"
    ),
    "en": (
        "The documents {scope} say nothing on this. Those of {place} do: {where}, “{name}”, for {place} only. "
        "Please call the local 12345 hotline."
    ),
}
_AGAIN = {
    "zh": (
        "这个问题文件里也没有找到。建议直接拨打12345政务服务便民热线，或到当地政务服务大厅综合窗口咨询；"
        "下面列出最接近的条款，供您对照。"
    ),
    "en": (
        "The documents do not cover this question either. Please call the 12345 hotline or ask at the general "
        "window of the local service hall; the nearest clauses are listed below."
    ),
}


_HELD = {
    "zh": "这个问题同样没有找到。目前只收录了{titles}，其他事项请拨打12345政务服务便民热线咨询。",
    "en": "This is not covered either. The documents held are: {titles}. For anything else call the 12345 hotline.",
}
# Asked about a document, not about what it says: 这个文件什么时候发的, 文号是多少, who issued the notice.
_ABOUT = re.compile(
    r"文号|(?:文件|通知|66条|措施|政策)(?:是)?(?:什么时候|啥时候|何时|哪年|哪一年|哪天|谁|哪个(?:部门|单位|机关))(?:发|印|出台|制定|公布|颁)"
    r"|(?:发文|印发|成文|发布)(?:日期|时间|机关|单位)"
    r"|\b(?:when|who).{0,20}\b(?:notice|document|measures|policy)\b.{0,20}\b(?:issued|published|released)\b"
    r"|\bwho (?:issued|published|wrote)\b|\b(?:date of issue|issue date|document number)\b"
)
_FACTS = {
    "zh": "条款里没有这项内容。文件本身的信息：{facts}。",
    "en": "No clause says so. What is known of the documents themselves: {facts}.",
}
_NOT_HELD = {
    "zh": "这里没有收录“{texts}”，不能引用它的条文。",
    "en": "“{texts}” is not among the documents held here, so its articles cannot be quoted.",
}
_ABSENT = {
    "zh": "没有找到第{numbers}条：{ranges}。",
    "en": "There is no clause {numbers}: {ranges}.",
}
# An agent of the hotline is not told to call it: the sentence that says so gives way.
_CALLING = {
    "zh": re.compile(r"[^。，；]*12345[^。；]*[。；]?"),
    "en": re.compile(r"[^.;]*\bhotline\b[^.;]*[.;]?"),
}
_AGENT = {"zh": "请转承办单位核实。", "en": " Please check with the office in charge."}
_WHO = re.compile(r"你是谁|您是谁|真人|机器人|who are you|are you (?:human|a robot|real)")
_PLAINER = re.compile(r"听不懂|看不懂|没看懂|没听懂|不明白|简单点|说人话|simpler|do not understand|don't understand")
_ABOUT_ITSELF = {
    "zh": "我是政策问答程序，不是真人：从{covered}的政策文件里查找条款，逐字引用。人工服务请拨打12345热线。",
    "en": (
        "I am a program, not a person: I look up clauses in the policy documents of {covered} and quote them. "
        "To talk to someone, call the 12345 hotline."
    ),
}
_IN_OTHER_WORDS = {
    "zh": "抱歉没有说清楚。“通俗地说”后面是白话解释，点编号可以看原文；也可以换个问法，或拨打12345请工作人员讲解。",
    "en": (
        "Sorry that this was not clear. What follows “In short” is in plain words; the numbers open the text. "
        "Try asking in another way, or call the 12345 hotline to have it explained."
    ),
}
_THANKS = re.compile(r"谢|感谢|辛苦|thank|thx")
_WELCOME = {"zh": "不客气，还有问题请接着问。", "en": "You are welcome. Ask on if there is anything else."}


def refusal_text(
    reason: Reason,
    found: Found,
    corpus: Corpus,
    history: Sequence[Turn] = (),
    audience: Audience = Audience.CITIZEN,
) -> str:
    """The words for a reason, in the asker's language."""
    if reason is Reason.GREETING and _THANKS.search(normalize(found.asked.text)):
        return _WELCOME[found.asked.language]
    if reason is Reason.GREETING and _PLAINER.search(normalize(found.asked.text)):
        return _IN_OTHER_WORDS[found.asked.language]
    text = _in_words(reason, found, corpus, history)
    if audience is Audience.CITIZEN:
        return text
    kept = _CALLING[found.asked.language].sub("", text)
    if kept == text:
        return text
    kept = kept.rstrip("，；, ")
    stop = "" if kept.endswith(("。", ".")) else "。" if found.asked.language == "zh" else "."
    return f"{kept}{stop}{_AGENT[found.asked.language]}"


def _in_words(reason: Reason, found: Found, corpus: Corpus, history: Sequence[Turn]) -> str:
    asked = found.asked
    language, places = asked.language, asked.places

    def names(some: Iterable[str]) -> str:
        return ", ".join(map(english_name, some)) if language == "en" else "、".join(some)

    within = names(places.covered)
    if language == "en":
        scope = f"for {within}" if within else "held here"
    else:
        scope = f"适用于{within}的" if within else "现有"
    if asked.named.not_held and not asked.named.ids:
        texts = (", " if language == "en" else "、").join(asked.named.not_held)
        return without_marks(_NOT_HELD[language].format(texts=texts))
    if reason is Reason.NOT_IN_DOCUMENTS and asked.named.absent and (absent := _absent(found, corpus)):
        return absent
    if reason is Reason.NOT_IN_DOCUMENTS and _ABOUT.search(normalize(asked.meant)):
        return _facts(found, corpus)
    text = _TEXTS[language][reason]
    if reason is Reason.GREETING and _WHO.search(normalize(asked.text)):
        text = _ABOUT_ITSELF[language]
    nearest = _nearest(found) if reason is Reason.NOT_IN_DOCUMENTS else None
    facts = {"scope": scope, "missing": names(places.missing), "covered": names(corpus.places)}
    if nearest is not None:
        clause, template, kind = nearest
        text = template[language]
        facts |= {
            "kind": (kind.english if language == "en" else kind.chinese) if kind else "",
            "where": _where(clause, corpus, language),
            "name": _name(clause, corpus, language),
            "place": names(clause.jurisdiction),
        }
    words = without_marks(text.format(**facts))
    if reason is not Reason.NOT_IN_DOCUMENTS:
        return words
    before = [turn.content for turn in history if turn.role == ASSISTANT]
    held = _HELD[language].format(titles=_titles(corpus, language))
    options = (words, _AGAIN[language], without_marks(held))
    return next((text for text in options if not any(said.startswith(text) for said in before)), options[-1])


def _titles(corpus: Corpus, language: str) -> str:
    if language == "en":
        return "; ".join(document.title_en or document.id for document in corpus.documents[:NAMED])
    return "".join(f"《{document.title}》" for document in corpus.documents[:NAMED])


def _absent(found: Found, corpus: Corpus) -> str:
    """How many clauses there are, where the question names one that there is not; empty where none is in scope."""
    language, scope = found.asked.language, found.asked.scope
    ranges = []
    for document in corpus.documents:
        inside = [clause for clause in corpus.clauses if clause.document_id == document.id and scope.admits(clause)]
        if inside and language == "en":
            ranges.append(f"{document.title_en or document.id} has {len(inside)} clauses and cases")
        elif inside:
            ranges.append(f"《{document.title}》收录{len(inside)}条")
    if not ranges:
        return ""
    joined = "; ".join(ranges) if language == "en" else "，".join(ranges)
    numbers = (", " if language == "en" else "、").join(found.asked.named.absent)
    return without_marks(_ABSENT[language].format(numbers=numbers, ranges=joined))


def _facts(found: Found, corpus: Corpus) -> str:
    """What is known of the documents themselves, which no clause says: number, issuer, date."""
    language, scope = found.asked.language, found.asked.scope
    inside = {clause.document_id for clause in corpus.clauses if scope.admits(clause)}
    lines = []
    for document in corpus.documents[:NAMED]:
        if document.id in inside:
            issued = document.issued.isoformat() if document.issued else None
            known = [fact for fact in (document.number, document.issuer, issued) if fact]
            unknown = "no number or date known" if language == "en" else "原文未载明文号和日期"
            title = (document.title_en or document.id) if language == "en" else f"《{document.title}》"
            lines.append(f"{title}{': ' if language == 'en' else '：'}{', '.join(known) or unknown}")
    return without_marks(_FACTS[language].format(facts=("; " if language == "en" else "；").join(lines)))


def _nearest(found: Found) -> tuple[Clause, dict[str, str], Kind | None] | None:
    """The clause to name in a refusal, how to speak of it, and the kind of thing that it lacks."""
    best = found.hits[0] if found.hits else None
    other = found.elsewhere
    if other is not None and (best is None or other.score - best.score >= _CLEARLY):
        return other.clause, _ELSEWHERE, None
    if best is None or best.score < _NEAR:
        return None
    kinds = lacking(found.asked.meant, said(best.clause))
    return (best.clause, _KIND_LACKING, kinds[0]) if kinds else None


def _where(clause: Clause, corpus: Corpus, language: str) -> str:
    document = corpus.document(clause.document_id)
    return label(document, clause, language="en") if language == "en" else label(document, clause)


def _name(clause: Clause, corpus: Corpus, language: str) -> str:
    record = corpus.plain.get(clause.id)
    if record is None:
        return clause.title
    return record.title_en if language == "en" else record.name
