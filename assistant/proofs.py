"""What the service has said, known again without a list of it: ids of answers and questions that carry a proof.

A proof is an HMAC under the key file of the server, so every worker knows it and it outlives a restart. Where there is
no such file, it is under a key of this process. Each use of the key has its own words before what is proved.
"""

import secrets
from pathlib import Path

from assistant.handover.keys import KeyFile

_HALF = 16  # hexadecimal digits: a guess succeeds with 2^-64


class Proofs:
    """Makes proofs and knows its own. Safe from several threads."""

    def __init__(self, file: Path) -> None:
        """Under the key in this file, which is not made here."""
        self._keys = KeyFile(file)

    def new_answer_id(self) -> str:
        """32 hexadecimal digits: 16 at random, and the proof of these."""
        drawn = secrets.token_hex(_HALF // 2)
        return drawn + self._keys.prove(f"answer:{drawn}")[:_HALF]

    def is_answer_id(self, id_: str) -> bool:
        """Whether an answer was given under this id."""
        drawn, proof = id_[:_HALF], id_[_HALF:]
        return len(proof) == _HALF and self._keys.is_proved(f"answer:{drawn}", proof)

    def of_question(self, question: str) -> str:
        """By which it is known that this question was asked here."""
        return self._keys.prove(f"question:{question}")[:_HALF]

    def is_of_question(self, question: str, proof: str) -> bool:
        """Whether `proof` is that of this question."""
        return len(proof) == _HALF and self._keys.is_proved(f"question:{question}", proof)
