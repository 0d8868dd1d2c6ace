"""Fit what is data in the product, in this order: `python -m eval.fitting ranking`, `evidence`, …, as they stand here.

    ranking     index/reranking/model.json: what each figure of a clause is worth
    evidence    assistant/composition/evidence.json: the same of a sentence or point, for what is quoted
    confidence  assistant/confidence/model.json, with plots of its reliability in docs
    few         of the same file the weights where records hold few ways of asking; the rest stays
    thresholds  assistant/thresholds.toml, on this project's own questions
    talk        assistant/question/talk_model.json: which act of talk a message is; depends on none of the others

Each counts from the next start on, so that the next is fitted to it. Never to be run on the sets that the figures are
reported on.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from assistant.service import Assistant
from assistant.settings import Settings
from eval.fitting.adapter import FEW, MODELS, Sample, answer_under, collect, load_evidence_model
from eval.fitting.confidence import (
    BESIDE_NO_RECORDS,
    Floats,
    Labels,
    importance,
    left_out,
    out_of_fold,
    to_arrays,
    to_table,
    with_wording,
)
from eval.fitting.corpora import DATA, QUESTIONS, UNRECORDED, FittingCorpus, fitting_corpora, law_corpus, whole_corpus
from eval.fitting.evidence import EvidenceData, collect_cases
from eval.fitting.few import few_weights, recorded, with_few_ways
from eval.fitting.ranking import RankingData, collect_lists, ranked
from eval.fitting.talk import TalkData, phrasings, report, set_aside, talk_table
from eval.fitting.thresholds import GRIDS, fit_threshold, read_table, write_back
from eval.measures.answers import auroc, calibration_error
from eval.measures.calibration import plot, reliability
from eval.questions.questionset import read_questions

ROOT = Path(__file__).parents[2]
MODEL = Path("assistant") / "confidence" / "model.json"
OWN_QUESTIONS = QUESTIONS / "own.jsonl"
_OPERATING_POINTS = (0.4, 0.5, 0.6)
_PLOTS = {
    MODELS[0]: ("reliability.svg", "自有问题，折外 own questions, out of fold"),
    MODELS[1]: ("reliability-documents.svg", "没有通俗化表述的文件，折外 documents without records, out of fold"),
}

app = typer.Typer(add_completion=False, help=__doc__)

Data = Annotated[Path, typer.Option(help="训练资料的文件夹 · folder of the training texts")]
Root = Annotated[Path, typer.Option(help="写到哪个工作树 · the checkout to write into")]


@app.command()
def ranking(data: Data = DATA, root: Root = ROOT) -> None:
    """拟合重排模型 · fit the re-ranker."""
    corpora = (*fitting_corpora(data), whole_corpus(data), law_corpus(data))
    lists = [(corpus, collect_lists(corpus.assistant, corpus.questions)) for corpus in corpora]
    every = RankingData(
        [one for _, found in lists for one in found], [corpus.weight for corpus, found in lists for _ in found]
    )
    origin = np.array([corpus.name for corpus, found in lists for _ in found])
    fused = np.array([float(name == "fused") for name in every.names])
    for corpus, _ in lists:
        mine = origin == corpus.name
        before, after = ranked(every.ranks(fused)[mine]), ranked(every.ranks(every.fit(~mine))[mine])
        print(f"{corpus.name}: {mine.sum()} questions; success@1/@3 fused {before}, with it left out {after}")
    model = every.to_table(every.fit(np.ones(len(origin), dtype=bool)))
    _write(root / "index" / "reranking" / "model.json", model)
    print(json.dumps(model["weights"]))


@app.command()
def evidence(data: Data = DATA, root: Root = ROOT) -> None:
    """拟合引用哪些句子 · fit which points and sentences of a clause are quoted."""
    corpora = [corpus for corpus in fitting_corpora(data) if corpus.name != UNRECORDED]
    every = EvidenceData([case for corpus in corpora for case in collect_cases(corpus)])
    before, after = every.measure([load_evidence_model()] * len(every.cases)), every.measure(every.out_of_fold())
    for name, figures in after.items():
        print(f"{name}: out of fold {figures}; as shipped {before[name]}")
    model = every.to_table(after)
    _write(root / "assistant" / "composition" / "evidence.json", model)
    print(json.dumps(model["weights"]))


@app.command()
def confidence(data: Data = DATA, root: Root = ROOT) -> None:
    """拟合把握模型 · fit the confidence models, for clauses with and without plain-language records."""
    corpora = fitting_corpora(data)
    model: dict[str, Any] = {"encoder": corpora[0].assistant.index.encoder.fingerprint}
    for name in MODELS:
        model[name] = _fit_model(name, [one for one in corpora if one.has_records == (name == MODELS[0])], root)
    model[FEW] = json.loads((ROOT / MODEL).read_text(encoding="utf-8"))[FEW]
    _write(root / MODEL, model)


@app.command()
def few(data: Data = DATA, root: Root = ROOT) -> None:
    """拟合把握模型中问法还少的条款 · fit the confidence model where records hold few ways of asking."""
    collected = ((corpus, recorded(corpus)) for corpus in with_few_ways(fitting_corpora(data)))
    found = [(corpus, samples) for corpus, samples in collected if samples]
    weights, predicted, right = few_weights(found)
    origin = np.array([corpus.name for corpus, samples in found for _ in samples])
    answerable = np.array([sample.answerable for _, samples in found for sample in samples])
    for corpus, _ in found:
        mine = origin == corpus.name
        _report(f"{FEW}, {corpus.name}, out of fold", predicted[mine], right[mine], answerable[mine])
    _write(root / MODEL, json.loads((ROOT / MODEL).read_text(encoding="utf-8")) | {FEW: {"weights": weights}})
    print(json.dumps(weights))


def _fit_model(name: str, corpora: Sequence[FittingCorpus], root: Path) -> dict[str, Any]:
    found = [(corpus, collect(corpus.assistant, corpus.questions)) for corpus in corpora]
    pooled: list[Sample] = [sample for _, samples in found for sample in samples]
    weights = np.concatenate([importance(one, corpus.weight) for corpus, one in found])
    samples = to_arrays(pooled, weights, BESIDE_NO_RECORDS if name == MODELS[0] else ())
    origin = np.array([corpus.name for corpus, one in found for _ in one])
    values = with_wording(samples)
    predicted = out_of_fold(values, samples.right, samples.weights)
    for corpus in corpora:
        mine = origin == corpus.name
        _report(f"{name}, {corpus.name}, out of fold", predicted[mine], samples.right[mine], samples.answerable[mine])
        if len(corpora) > 1:
            alone = left_out(samples, values, ~mine)
            _report(f"{name}, {corpus.name}, left out", alone, samples.right[mine], samples.answerable[mine])
    file, title = _PLOTS[name]
    (root / "docs" / file).write_text(plot(reliability(predicted, samples.right), title), encoding="utf-8")
    fitted = to_table(samples, values)
    print(json.dumps(fitted["weights"]))
    return fitted


def _report(name: str, predicted: Floats, right: Labels, answerable: Labels) -> None:
    apart = right | ~answerable
    print(f"{name}: {len(right)} questions, {right.mean():.2f} right")
    print(
        f"  AUROC {auroc(predicted, right):.3f}, right against unanswerable {auroc(predicted[apart], right[apart]):.3f}"
    )
    for point in _OPERATING_POINTS:
        given = predicted >= point
        error = calibration_error(predicted[given], right[given])
        print(
            f"  at {point}: answers {given[right].mean():.2f} of right, {given[~answerable].mean():.2f} of "
            f"unanswerable; of answerable ones answered {right[given & answerable].mean():.2f} right; ECE {error:.3f}"
        )


@app.command()
def thresholds(
    questions: Annotated[Path, typer.Option(help="有标注的问题 · labelled questions")] = OWN_QUESTIONS,
    root: Root = ROOT,
) -> None:
    """选取阈值 · choose the thresholds that a question file can judge."""
    assistant = Assistant.open(replace(Settings.from_environment(), plain=True))
    labelled = read_questions(questions, assistant.corpus)
    table = root / "assistant" / "thresholds.toml"
    known, fitted = read_table(table), []
    for grid in GRIDS:
        entry: Any = known[grid.name]
        if one := fit_threshold(grid, float(entry["value"]), labelled, answer_under(assistant)):
            print(f"{one.name} = {one.value:g}  {one}", flush=True)
            fitted.append(one)
    path = questions.resolve()
    write_back(table, fitted, str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name)


@app.command()
def talk(root: Root = ROOT) -> None:
    """拟合对话用语模型 · fit which messages are about the talk itself."""
    names = ("own.jsonl", "city.jsonl")
    questions = [question.question for name in names for question in read_questions(QUESTIONS / name)]
    data = TalkData(phrasings(questions, without=set_aside()))
    print(report(data))
    model = talk_table(*data.fit(np.ones(len(data.messages), dtype=bool)))
    rows = json.dumps(model, ensure_ascii=False, separators=(",", ":")).replace("},", "},\n")
    (root / "assistant" / "question" / "talk_model.json").write_text(rows + "\n", encoding="utf-8")


def _write(path: Path, model: dict[str, Any]) -> None:
    path.write_text(json.dumps(model, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    app()
