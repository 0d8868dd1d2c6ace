"""The key by which telephone numbers are kept, in a file of its own: who has the database alone reads none of them.

The file holds one Fernet key a line. The first encrypts, all decrypt: to change the key, put a new line on top, and
take the old one away a fortnight later, when no number is left that it encrypted.
"""

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from assistant.settings import PREFIX
from corpus.errors import SettingsError

_PASSING = secrets.token_bytes(32)  # of this process; counts for who has no key file
_OWNER_ALONE = 0o600


def _mac(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


class KeyFile:
    """The keys in a file, which is made when the first one is wanted. Safe from several processes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._cached: list[bytes] = []
        self._state: tuple[int, int, int] | None = None

    def encrypt(self, text: str) -> str:
        """Raises SettingsError where there is no key and none can be made."""
        return self._cipher().encrypt(text.encode()).decode()

    def decrypt(self, token: str) -> str | None:
        """None where the key that encrypted it is lost."""
        try:
            return self._cipher(making=False).decrypt(token.encode()).decode()
        except (InvalidToken, SettingsError):
            return None

    def prove(self, text: str) -> str:
        """64 hexadecimal digits that only this file's holder can make; of this process alone where there is no file."""
        return _mac((self._known() or [_PASSING])[0], text)

    def is_proved(self, text: str, proof: str) -> bool:
        """Whether `prove` gave this, or something that begins with it, under any key of the file."""
        macs = (_mac(key, text)[: len(proof)] for key in (*self._known(), _PASSING))
        return any(hmac.compare_digest(mac.encode(), proof.encode("utf-8", "replace")) for mac in macs)

    def ensure(self) -> None:
        """Make the file if there is none. Raises SettingsError where that cannot be done."""
        self._keys(making=True)

    def digest(self, text: str) -> str:
        """By which a text can be counted, but not read."""
        try:
            known = self._known() or [key.encode() for key in self._keys(making=True)]
            key = known[-1]  # the oldest, which stays while keys change
        except SettingsError:
            key = _PASSING
        return _mac(key, text)[:32]

    def _known(self) -> list[bytes]:
        """The keys in the file, read again when it has changed; none where it cannot be read."""
        try:
            found = self._path.stat()
            state = found.st_ino, found.st_mtime_ns, found.st_size
            if state != self._state:
                self._cached, self._state = [key.encode() for key in self._keys(making=False)], state
        except (OSError, SettingsError):
            self._cached, self._state = [], None
        return self._cached

    def _cipher(self, *, making: bool = True) -> MultiFernet:
        try:
            return MultiFernet([Fernet(key) for key in self._keys(making=making)])
        except ValueError as error:
            raise self._fault("其中不是密钥 it holds no keys") from error

    def _keys(self, *, making: bool) -> list[str]:
        try:
            if making and not self._path.exists():
                self._make()
            lines = self._path.read_text(encoding="ascii").split()
        except (OSError, UnicodeDecodeError) as error:
            raise self._fault(str(error)) from error
        if not lines:
            raise self._fault("空文件 it is empty")
        return lines

    def _make(self) -> None:
        """A file with a key, there at once and whole; of two processes that make it, one does."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_name(f"{self._path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ALONE)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(Fernet.generate_key() + b"\n")
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(draft, self._path)
        finally:
            draft.unlink()

    def _fault(self, why: str) -> SettingsError:
        return SettingsError(
            f"电话号码的密钥文件 {self._path} 不能用（{why}），请检查 {PREFIX}KEY_FILE 和文件权限；"
            "密钥若已丢失，移开这个文件即可，会生成新的，此前留下的号码不能再读出。"
            f"The key file of telephone numbers cannot be used: check {PREFIX}KEY_FILE and its permissions. If the key "
            "is lost, move the file away: a new one is made, and numbers left before can no longer be read."
        )
