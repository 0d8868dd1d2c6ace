"""The tokenizer and the units inside its pieces."""

import numpy as np
from tokenizers import Tokenizer
from tokenizers.models import Unigram

from index.encoder.training.subwords import LONGEST_PIECE, UNKNOWN, piece_units, train_tokenizer


def test_punctuation_and_spaces_are_no_pieces(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("，。 ?!\n").ids == []


def test_scripts_are_cut_apart(tokenizer: Tokenizer) -> None:
    for piece in tokenizer.get_vocab():
        kinds = {"latin" if c in "abcdefghijklmnopqrstuvwxyz" else "digit" if c.isdigit() else "other" for c in piece}
        assert piece == UNKNOWN or len(kinds) == 1


def test_pieces_cover_what_they_were_trained_on(tokenizer: Tokenizer) -> None:
    encoded = tokenizer.encode("营业执照怎么办理")
    assert "".join(encoded.tokens) == "营业执照怎么办理"
    assert 0 not in encoded.ids


def test_pieces_are_not_longer_than_the_longest() -> None:
    tokenizer = train_tokenizer(["中华人民共和国不动产登记暂行条例实施细则"] * 50, 200)
    assert max(len(piece) for piece in tokenizer.get_vocab()) <= LONGEST_PIECE


def test_pieces_that_share_characters_share_units() -> None:
    tokenizer = Tokenizer(Unigram([(UNKNOWN, 0.0), ("注销", -1.0), ("注册", -1.0), ("抵押", -1.0)], unk_id=0))
    units = piece_units(tokenizer)
    cancel, register, mortgage = (set(units.take(np.array([i])).ids.tolist()) for i in (1, 2, 3))
    assert cancel & register
    assert not mortgage, "units of one piece only would repeat its own vector"


def test_english_words_share_their_stems() -> None:
    tokenizer = Tokenizer(Unigram([(UNKNOWN, 0.0), ("loan", -1.0), ("loans", -1.0)], unk_id=0))
    units = piece_units(tokenizer)
    assert set(units.take(np.array([1])).ids.tolist()) & set(units.take(np.array([2])).ids.tolist())


def test_the_unknown_piece_has_no_units(tokenizer: Tokenizer) -> None:
    assert len(piece_units(tokenizer).take(np.array([0])).ids) == 0
