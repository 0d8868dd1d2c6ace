from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from assistant.handover.keys import KeyFile
from assistant.proofs import Proofs


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "keys"
    path.write_bytes(Fernet.generate_key() + b"\n")
    return path


def test_an_id_is_32_hexadecimal_digits_and_known_by_every_worker(file: Path) -> None:
    one, other = Proofs(file), Proofs(file)
    ids = {one.new_answer_id() for _ in range(100)}
    assert len(ids) == 100
    for id_ in ids:
        assert len(id_) == 32
        assert set(id_) <= set("0123456789abcdef")
        assert other.is_answer_id(id_)


def test_nothing_else_is_an_id(file: Path, tmp_path: Path) -> None:
    proofs, id_ = Proofs(file), Proofs(file).new_answer_id()
    for position in range(32):
        changed = "0" if id_[position] != "0" else "1"
        assert not proofs.is_answer_id(id_[:position] + changed + id_[position + 1 :])
    for wrong in ("", id_[:16], id_[:31], id_ + "0", "首" * 32, "\ud800" * 32):
        assert not proofs.is_answer_id(wrong)
    (tmp_path / "another").write_bytes(Fernet.generate_key() + b"\n")
    assert not proofs.is_answer_id(Proofs(tmp_path / "another").new_answer_id())


def test_a_question_is_proved_by_its_own_proof_alone(file: Path) -> None:
    proofs = Proofs(file)
    assert proofs.is_of_question("首贷", proofs.of_question("首贷"))
    assert not proofs.is_of_question("首贷 ", proofs.of_question("首贷"))
    assert not proofs.is_of_question("首贷", "")
    drawn = proofs.new_answer_id()
    assert not proofs.is_of_question(drawn[:16], drawn[16:])  # one use of the key is no other


def test_what_was_proved_under_an_older_key_still_is_until_that_goes(file: Path) -> None:
    proofs = Proofs(file)
    older, old = proofs.new_answer_id(), file.read_bytes()
    file.write_bytes(Fernet.generate_key() + b"\n" + old)
    newer = proofs.new_answer_id()
    assert proofs.is_answer_id(older)
    file.write_bytes(file.read_bytes().split(b"\n")[0] + b"\n")
    assert [proofs.is_answer_id(id_) for id_ in (older, newer)] == [False, True]


def test_without_a_key_file_this_process_knows_its_own_and_none_is_made(tmp_path: Path) -> None:
    proofs = Proofs(tmp_path / "keys")
    id_ = proofs.new_answer_id()
    assert proofs.is_answer_id(id_)
    assert not (tmp_path / "keys").exists()
    KeyFile(tmp_path / "keys").ensure()
    assert proofs.is_answer_id(id_)
    assert Proofs(tmp_path / "keys").is_answer_id(proofs.new_answer_id())
