"""An answer as a chat completion: its text as the message, what it cites beside it, each with a link.

Laws: every `[n]` of the content is `citations[n - 1]`, every citation has its mark, and without an answer there is
neither. The id is the answer's own, by which it can be judged (`POST /v1/feedback`).
"""

from dataclasses import replace
from typing import Literal

from pydantic import BaseModel, Field

from assistant.answer import MARK, Answer, Citation, Reason, Status
from assistant.api.links import clause_path, document_path, with_query
from assistant.api.schemas import CitationOut
from assistant.completions.request import MODEL
from assistant.messages import languages
from corpus.corpus import Corpus


class LinkedCitationOut(CitationOut):
    """A citation, and where a person reads it."""

    link: str = Field(description="条款页面，引文已标出 · the page of the clause with the quote marked")


class UsageOut(BaseModel):
    """Always zero: no language model has read or written a token."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0


class CompletionMessageOut(BaseModel):
    """The answer as the assistant's message."""

    role: Literal["assistant"] = "assistant"
    content: str = Field(description="答案，[n] 指向 citations 的第 n 个 · the answer; [n] is the nth of citations")
    refusal: None = None


class CompletionChoiceOut(BaseModel):
    """The one choice."""

    index: int = 0
    message: CompletionMessageOut
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class ChatCompletionOut(BaseModel):
    """A chat completion as OpenAI's clients read it; what is ours stands behind it."""

    id: str = Field(description="答案的 id，评价时用 · the id of the answer, by which it can be judged")
    object: Literal["chat.completion"] = "chat.completion"
    created: int = Field(description="Unix 时间（秒）· seconds since 1970")
    model: str = MODEL
    system_fingerprint: str = Field(description="索引的版本 · the version of the index")
    choices: list[CompletionChoiceOut]
    usage: UsageOut = UsageOut()
    citations: list[LinkedCitationOut]
    status: Status = Field(description="同 /v1/ask · as of /v1/ask")
    reason: Reason | None = Field(description="没有答案的原因 · why there is no answer")

    @property
    def content(self) -> str:
        """The text of the message."""
        return self.choices[0].message.content


def completion(answer: Answer, corpus: Corpus, site: str, created: int) -> ChatCompletionOut:
    """The answer as a completion made at `created`; its links lead to `site`, origin and path under it."""
    cited = sorted(answer.citations, key=lambda one: one.number)
    positions = {one.number: position for position, one in enumerate(cited, 1)}
    content = MARK.sub(lambda mark: f"[{positions[int(mark[1])]}]", answer.text)
    linked = [_linked(replace(one, number=positions[one.number]), answer.language, corpus, site) for one in cited]
    return ChatCompletionOut(
        id=answer.id,
        created=created,
        system_fingerprint=answer.index_version,
        choices=[CompletionChoiceOut(message=CompletionMessageOut(content=content))],
        citations=linked,
        status=answer.status,
        reason=answer.reason,
    )


def _linked(citation: Citation, language: str, corpus: Corpus, site: str) -> LinkedCitationOut:
    clause = corpus.clause(citation.clause_id)
    in_language = [("lang", language)] if language != languages()[0] else []
    if clause.start <= citation.start and citation.end <= clause.end:
        quoted = ("quote", f"{citation.start}-{citation.end}")
        path = with_query(clause_path(citation.part_id or citation.clause_id), [quoted, *in_language])
    else:  # words of the document that stand in no clause, such as its heading
        path = with_query(document_path(clause.document_id), in_language)
    return LinkedCitationOut(**CitationOut.model_validate(citation).model_dump(), link=site + path)
