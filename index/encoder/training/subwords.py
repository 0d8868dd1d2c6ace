"""The tokenizer: a unigram model over Chinese and English pieces, trained on the texts of the mixture.

Chinese is written without spaces, so a piece may be a whole phrase (注销登记, 还完了). Runs of Latin letters,
digits and other letters are cut apart first; punctuation carries no meaning in a bag of pieces and is dropped.
"""

import re
from collections import Counter
from collections.abc import Iterable
from io import BytesIO

import numpy as np
from sentencepiece import SentencePieceProcessor, SentencePieceTrainer
from tokenizers import Regex, Tokenizer
from tokenizers.models import Unigram
from tokenizers.normalizers import NFKC, Lowercase, Sequence
from tokenizers.pre_tokenizers import Split

from index.encoder.training.dataset import TokenBags

UNKNOWN = "[UNK]"
LONGEST_PIECE = 10
_RUNS = r"[a-z]+|[0-9]+|[\p{L}&&[^a-z]]+"
_RUN = re.compile(r"[a-z]+|[0-9]+|[^\W\d_a-z]+")  # the same, as Python writes it


def train_tokenizer(texts: Iterable[str], size: int) -> Tokenizer:
    """A tokenizer of at most `size` pieces; id 0 is the unknown piece. The same texts give the same tokenizer.

    Kudo 2018, Subword Regularization, section 3.2 (the unigram language model), as `sentencepiece` trains it. The
    folder normalises by itself only as far as Unicode and case go; policyqa gives it text from
    `index.text.normalizer.normalize`.
    """
    runs = Counter(run for text in texts for run in _RUN.findall(text))
    model = BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter(f"{run}\t{count}" for run, count in sorted(runs.items())),
        model_writer=model,
        input_format="tsv",
        model_type="unigram",
        vocab_size=size,
        hard_vocab_limit=False,
        max_sentencepiece_length=LONGEST_PIECE,
        character_coverage=1.0,
        shrinking_factor=0.7,
        num_threads=1,  # sums in one order
        normalization_rule_name="identity",
        add_dummy_prefix=False,
        remove_extra_whitespaces=False,
        split_by_whitespace=False,
        split_by_unicode_script=False,
        split_by_number=False,
        unk_id=0,
        unk_piece=UNKNOWN,
        bos_id=-1,
        eos_id=-1,
        pad_id=-1,
        minloglevel=2,
    )
    trained = SentencePieceProcessor(model_proto=model.getvalue())
    pieces = [(trained.id_to_piece(i), trained.get_score(i)) for i in range(trained.get_piece_size())]
    tokenizer = Tokenizer(Unigram(pieces, unk_id=0))
    tokenizer.normalizer = Sequence([NFKC(), Lowercase()])
    tokenizer.pre_tokenizer = Split(Regex(_RUNS), behavior="removed", invert=True)
    return tokenizer


def piece_units(tokenizer: Tokenizer) -> TokenBags:
    """For every piece id the units inside it: characters and bigrams, or the four-letter stretches of a Latin word.

    Units found in one piece only are left out: they would repeat the piece's own vector. Row 0 is empty.
    """
    vocabulary = tokenizer.get_vocab()
    pieces = sorted(vocabulary, key=vocabulary.__getitem__)
    inside = [[] if i == 0 else _units(piece) for i, piece in enumerate(pieces)]
    count = Counter(unit for units in inside for unit in set(units))
    ids = {unit: i for i, unit in enumerate(sorted(unit for unit, n in count.items() if n > 1))}
    rows = [[ids[unit] for unit in units if unit in ids] for units in inside]
    offsets = np.concatenate(([0], np.cumsum([len(row) for row in rows]))).astype(np.int64)
    return TokenBags(np.array([i for row in rows for i in row], dtype=np.int64), offsets)


def _units(piece: str) -> list[str]:
    if piece.isascii():
        marked = f"^{piece}$"
        return [marked[i : i + 4] for i in range(len(marked) - 3)] if piece.isalpha() else []
    return [*piece, *(piece[i : i + 2] for i in range(len(piece) - 1))]
