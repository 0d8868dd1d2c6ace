"""Settings that are refused, in words that say what to give."""

from assistant.configuration.kinds import PREFIX
from corpus.errors import SettingsError


class BadSettingError(SettingsError):
    """A value that a setting cannot have. `setting` is its field in Settings."""

    def __init__(self, setting: str, message: str) -> None:
        super().__init__(message)
        self.setting = setting


def refusal(name: str, value: object, chinese: str, english: str) -> BadSettingError:
    """The setting, the value that it was given, and what to give instead."""
    variable = PREFIX + name.upper()
    return BadSettingError(name, f"{variable} 的值有误，请给出{chinese}。{variable} is {value!r}; give {english}.")
