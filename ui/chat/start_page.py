"""What the chat page says before Gradio has started: its name, what it can answer, and questions to start from."""

from corpus.corpus import Corpus
from corpus.places.gazetteer import english_name
from ui.chat.answer_view import ask_url
from ui.chat.page import Chat
from ui.clause.page import clause_url, day
from ui.page.gateway import Dress
from ui.page.messages import Words
from ui.page.templates import render


def dress(chat: Chat, words: Words) -> Dress:
    """Head and top of the page in one language, from the documents at hand."""
    top = render(
        "chat/top.html",
        english=words.english,
        words=words,
        documents=_documents(chat.assistant.corpus, words),
        topics=chat.topics[words.english],
        ask_url=lambda question: ask_url(question, words),
    )
    return Dress(words.lang, render("chat/head.html", english=words.english), top)


def _documents(corpus: Corpus, words: Words) -> list[dict[str, str | int | None]]:
    """Each document: its title, where reading it begins, and what is known of it."""
    found = []
    for document in corpus.documents:
        clauses = [clause for clause in corpus.clauses if clause.document_id == document.id]
        names = dict.fromkeys(place for clause in clauses for place in clause.jurisdiction)
        places = [english_name(name) if words.english else name for name in names]
        found.append(
            {
                "title": document.title,
                "title_en": document.title_en,
                "url": clause_url(clauses[0].id, english=words.english) if clauses else None,
                "number": document.number,
                "places": (", " if words.english else "、").join(places),
                "issued": day(document.issued, english=words.english) if document.issued else None,
                "count": len(clauses),
            }
        )
    return found
