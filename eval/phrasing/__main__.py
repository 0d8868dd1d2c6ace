"""`python -m eval.phrasing`: may a language model say what its clauses do not say, and how long is it waited for?"""

import random
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from corpus.load import load_corpus
from eval.phrasing.intrusions import INTRUSIONS
from eval.phrasing.measure import hostile, waits, why_not
from eval.phrasing.mutations import FACTS
from eval.phrasing.well_formed import Said, by_hand, by_rule

app = typer.Typer(add_completion=False, help=__doc__)


@app.command()
def main(
    documents: Annotated[list[Path] | None, typer.Option(help="别的文件夹 · folders of other texts")] = None,
    seed: Annotated[int, typer.Option(help="随机种子 · of what is drawn")] = 18,
    count: Annotated[int, typer.Option(help="造多少假话 · false replies to make")] = 1000,
    seconds: Annotated[float, typer.Option(help="等模型几秒 · the limit that is tried")] = 1.0,
    failures: Annotated[bool, typer.Option(help="列出拦错和放错的 · list what is decided wrongly")] = False,
) -> None:
    """造真话和假话，看哪些放行 · make true and false replies, and say which pass."""
    corpora = [load_corpus(), *map(load_corpus, documents or ())]
    hand, rule = by_hand(corpora), by_rule(corpora, 240, random.Random(seed))
    for name, said in (("true, by rule", rule), ("true, by hand", hand)):
        _show_true(name, said, failures=failures)
    for name, kinds, share in (("facts", FACTS, 0.7), ("intrusions", INTRUSIONS, 0.3)):
        found = hostile([*hand, *rule], kinds, round(count * share), seed)
        print(f"false, {name}: {len(found.passed)} of {sum(found.made.values())} pass; {dict(found.made)}")
        for kind, false in found.passed if failures else ():
            print(f"  {kind}: {false.source} {false.reply}")
    for one in waits(seconds):
        print(f"a model that {one.behaviour}: {one.seconds * 1000:.0f} ms of {seconds * 1000:.0f}, {one.error}")


def _show_true(name: str, said: list[Said], *, failures: bool) -> None:
    refused = [(why, one) for one in said if (why := why_not(one))]
    share = 1 - len(refused) / max(1, len(said))
    print(f"{name}: {share:.3f} of {len(said)} pass; refused {dict(Counter(why for why, _ in refused))}")
    for why, one in refused if failures else ():
        print(f"  {why}: {one.source} {one.reply}")


if __name__ == "__main__":
    app()
