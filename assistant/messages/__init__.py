"""Every word that people read, one file a language.

`zh.toml` and `en.toml` hold the same keys with the same placeholders (a test compares them). A third language is a
third file. Facts of a language itself, such as how places are listed, stand in its table `[language]`.
"""

from assistant.messages.catalogue import Messages, languages, messages

__all__ = ["Messages", "languages", "messages"]
