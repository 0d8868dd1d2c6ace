"""A WeChat account in front of the site, for tests."""

from pathlib import Path

from fastapi.testclient import TestClient

from assistant.database.database import Database
from assistant.feedback.store import FeedbackStore
from assistant.operations.admission import Turns
from assistant.operations.metrics import Metrics
from assistant.question.limits import DEFAULT_LIMITS
from assistant.rates.counters import Counters
from assistant.rates.counting import Counting
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.switches.operation import Operation
from eval.channel.platform import Platform, read_reply
from ui.channel.opening import Wechat, open_wechat
from ui.edition import Press

TOKEN, KEY, APP = "policyqaToken1", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wx0123456789abcdef"
SITE = "https://policy.example.gov.cn"
OPENID = "oAbCd-1234567890_follower"


class Account:
    """The site as the platform sees it: workers with one database, and what they keep."""

    def __init__(self, folder: Path, assistant: Assistant, **given: str) -> None:
        self.settings = Settings(
            index=folder / "index",
            feedback=folder / "feedback.sqlite3",
            wechat_token=TOKEN,
            public_url=f"{SITE}/",
            **given,  # type: ignore[arg-type]
        )
        self.assistant = assistant
        self.operation = Operation()
        self.metrics = Metrics()
        self.counting = Counting(Counters(folder / "counts.sqlite3"))
        self.feedback = FeedbackStore(self.settings.feedback)
        self.platform = Platform(TOKEN)
        self.database = Database(self.settings.state)
        self.worker = self.another()

    def channel(self) -> Wechat:
        return open_wechat(self.settings, Database(self.settings.state), self.operation, self.counting)

    def another(self) -> TestClient:
        """Another worker over the same databases."""
        turns = Turns(2, 64, self.metrics)
        press = Press(self.feedback, self.metrics, turns, DEFAULT_LIMITS, adapters=(self.channel(),))
        return TestClient(press.api(self.assistant))

    def post(self, body: bytes, worker: TestClient | None = None, query: dict[str, str] | None = None) -> bytes:
        response = (worker or self.worker).post("/wechat", params=query or self.platform.query(), content=body)
        assert response.status_code == 200, response.text
        return response.content

    def say(self, text: str, person: str = OPENID) -> str:
        """What a follower is replied."""
        return read_reply(self.post(self.platform.message(person, Content=text)))["Content"]

    def count(self, outcome: str) -> float:
        name = f'policyqa_channel_messages_total{{channel="wechat",outcome="{outcome}"}} '
        lines = self.metrics.render().decode().splitlines()
        return next((float(line.removeprefix(name)) for line in lines if line.startswith(name)), 0)
