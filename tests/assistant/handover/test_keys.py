"""The key file: made once and whole, its owner's alone; changed without losing a number; lost without a crash."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from assistant.handover.keys import KeyFile
from assistant.settings import Settings
from corpus.errors import SettingsError

MAKER = """
import sys
from pathlib import Path
from assistant.handover.keys import KeyFile
print(KeyFile(Path(sys.argv[1])).encrypt("13800138000"))
"""


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "key"
    token = KeyFile(path).encrypt("13800138000")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "138" not in token
    assert [file.name for file in path.parent.iterdir()] == ["key"]
    assert KeyFile(path).decrypt(token) == "13800138000"


def test_processes_that_begin_together_make_one_key(tmp_path: Path) -> None:
    path = tmp_path / "key"
    command = [sys.executable, "-c", MAKER, str(path)]
    makers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    tokens = [maker.communicate()[0].strip() for maker in makers]
    assert [KeyFile(path).decrypt(token) for token in tokens] == ["13800138000"] * 3


def test_a_new_key_on_top_encrypts_and_the_old_one_goes_on_decrypting(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "key")
    old, counted = keys.encrypt("13800138000"), keys.digest("203.0.113.7")
    before = (tmp_path / "key").read_text()
    (tmp_path / "key").write_text(Fernet.generate_key().decode() + "\n" + before)
    assert keys.decrypt(old) == "13800138000"
    assert keys.digest("203.0.113.7") == counted
    new = keys.encrypt("13900139000")
    (tmp_path / "key").write_text(before)
    assert keys.decrypt(new) is None


@pytest.mark.parametrize("content", ["", "no key\n", "密钥", "A" * 44])
def test_a_damaged_file_is_named_and_left_as_it_is(tmp_path: Path, content: str) -> None:
    path = tmp_path / "key"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"(?s)key.*POLICYQA_KEY_FILE.*move the file away"):
        KeyFile(path).encrypt("13800138000")
    assert KeyFile(path).decrypt("gAAAAA") is None
    assert path.read_text(encoding="utf-8") == content


def test_where_no_file_can_be_made_clients_are_counted_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    keys = KeyFile(tmp_path / "file" / "key")
    assert keys.digest("a") == keys.digest("a") != keys.digest("b")
    with pytest.raises(SettingsError):
        keys.encrypt("13800138000")


def test_a_look_makes_no_key(tmp_path: Path) -> None:
    assert KeyFile(tmp_path / "key").decrypt("gAAAAA") is None
    assert list(tmp_path.iterdir()) == []


def test_the_file_lies_beside_the_database_unless_another_is_named(tmp_path: Path) -> None:
    def keys(**given: str) -> Path:
        named = {"POLICYQA_INDEX": str(tmp_path / "index"), **given}
        return Settings.from_environment(named).keys

    assert keys(POLICYQA_FEEDBACK=f"{tmp_path}/a.sqlite3") == tmp_path / "a.sqlite3.key"
    assert keys(POLICYQA_FEEDBACK="postgresql+psycopg://u:secret@h/d") == tmp_path / "feedback.key"
    assert keys(POLICYQA_KEY_FILE=f"{tmp_path}/k") == tmp_path / "k"
