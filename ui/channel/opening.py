"""The channels outside of the site that the settings name; of one that is not named, nothing is imported."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from fastapi import APIRouter

from assistant.answer import Answer
from assistant.database.database import Database
from assistant.feedback.recorded import Channel
from assistant.handover.keys import KeyFile
from assistant.operations.metrics import Metrics
from assistant.passive.replies import Replies
from assistant.question.history import Turn
from assistant.rates.counting import Counting
from assistant.rates.plan import limits_of
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.switches.operation import Operation
from assistant.switches.state import Channel as Answering
from ui.channel.adapter import Outside
from ui.channel.wechat import MOST, Account, wechat_router
from ui.channel.wechat_cipher import Cipher


@dataclass(frozen=True, slots=True)
class Wechat:
    """The official account of the settings."""

    account: Account
    outside: Outside
    channel: Channel = Channel.WECHAT

    def router(
        self, assistant: Assistant, on_answer: Callable[[Answer, Sequence[Turn]], None], metrics: Metrics
    ) -> APIRouter:
        """Its routes."""

        def count(outcome: str) -> None:
            metrics.count_message(self.channel, outcome)

        return wechat_router(self.account, replace(self.outside, count=count), assistant, on_answer)


def open_wechat(
    settings: Settings, database: Database, operation: Operation, counting: Counting | None = None
) -> Wechat:
    """The channel; replies are kept in `database`, persons counted by `counting`.

    Raises SettingsError where there is no key to encrypt them by, and none can be made.
    """
    assert settings.wechat_token is not None
    assert settings.public_url is not None
    keys = KeyFile(settings.keys)
    keys.ensure()  # replies are encrypted by it
    cipher = Cipher(settings.wechat_key, settings.wechat_app or "") if settings.wechat_key else None
    outside = Outside(
        channel=Answering.WECHAT,
        site=settings.public_url.rstrip("/"),
        replies=Replies(database, keys),
        most=MOST,
        counting=counting,
        rates=limits_of(settings.wechat_rate),
        operation=operation,
    )
    return Wechat(Account(settings.wechat_token, cipher), outside)
