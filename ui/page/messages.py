"""The words that the chat page's Python says, once in Chinese and once in English; those of templates stand there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One language of the page. Answers keep the language of their question, whatever the page's."""

    english: bool
    lang: str  # for <html lang>
    path: str  # where the page stands
    title: str
    conversation: str
    question: str
    placeholder: str
    send: str
    clear: str
    place: str
    anywhere: str
    busy: str
    too_long: str
    unreadable: str
    you_asked: str
    answer: str
    sources: str
    related: str
    nearest: str
    more: str
    copy_address: str
    copy_link: str
    copied: str
    helpful_question: str
    helpful: str
    unhelpful: str
    why: str
    reasons: tuple[tuple[str, str], ...]  # what is sent to /v1/feedback, and how it is said


ZH = Words(
    english=False,
    lang="zh-CN",
    path="/",
    title="政策问答助手",
    conversation="对话",
    question="您的问题",
    placeholder="用自己的话问",
    send="提问",
    clear="清空对话",
    place="地区",
    anywhere="不限",
    busy="暂时无法回答，请稍后再试。您的问题还在输入框里。",
    too_long="问题最多 {most} 个字，现在有 {length} 个，请缩短后再问。您的问题还在输入框里。",
    unreadable="问题里有无法识别的字符，请删去后再问。您的问题还在输入框里。",
    you_asked="您问：",
    answer="回答：",
    sources="依据",
    related="相关条款 {count} 条（不一定回答了您的问题）",
    nearest="相近的条款（没有直接回答，或不适用于您问的地方）",
    more="接着问",
    copy_address="复制出处",
    copy_link="复制提问链接",
    copied="已复制",
    helpful_question="有帮助吗？",
    helpful="有帮助",
    unhelpful="没帮助",
    why="哪里不对？",
    reasons=(
        ("wrong_clause", "不是这一条"),
        ("outdated", "内容过时"),
        ("not_my_place", "不是我所在的地方"),
        ("incomplete", "不完整"),
        ("hard_to_understand", "看不懂"),
    ),
)

EN = Words(
    english=True,
    lang="en",
    path="/en",
    title="Policy Q&A",
    conversation="Conversation",
    question="Your question",
    placeholder="Ask in your own words",
    send="Ask",
    clear="Clear conversation",
    place="Place",
    anywhere="Any",
    busy="No answer can be given right now; please try again later. Your question is still in the box.",
    too_long=(
        "A question may have {most} characters, this one has {length}; please shorten it. It is still in the box."
    ),
    unreadable="The question holds characters that cannot be read; please remove them. It is still in the box.",
    you_asked="You asked: ",
    answer="Answer: ",
    sources="Sources",
    related="Related clauses: {count} (they may not answer your question)",
    nearest="Clauses nearby (they do not answer this, or not for your place)",
    more="You may also ask",
    copy_address="Copy citation",
    copy_link="Copy link to this question",
    copied="Copied",
    helpful_question="Was this helpful?",
    helpful="Helpful",
    unhelpful="Not helpful",
    why="What is wrong?",
    reasons=(
        ("wrong_clause", "Wrong clause"),
        ("outdated", "Outdated"),
        ("not_my_place", "Not my place"),
        ("incomplete", "Incomplete"),
        ("hard_to_understand", "Hard to understand"),
    ),
)
