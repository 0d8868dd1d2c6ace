"""Building each system and opening it alone, in a fresh process each: seconds and memory."""

import gc
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from shutil import rmtree
from time import perf_counter

from corpus.errors import EngineError
from eval.speed.hybrids.environment import in_fresh_process
from eval.speed.hybrids.material import read_material
from eval.speed.hybrids.system import System, Way
from eval.speed.million import Memory, memory_of, peak_of
from index.encoder.encoder import load_encoder
from index.text.tokenizer import tokenize

_BUILT = "built.json"
MATERIAL = "material"
_PROBE = "申请设立分公司需要什么材料"


@dataclass(frozen=True, slots=True)
class Build:
    """What building took, from terms and vectors to files, on one thread; ours, which cuts and encodes itself, all."""

    seconds: float
    peak_mb: float  # that building added at most to a process which holds terms and vectors
    disk_mb: float


def build(system: System, work: Path) -> Build:
    """Build into the work folder, or read what it took when that was done before.

    Raises EngineError where the system's package is missing, ImportError where one that it needs is.
    """
    if found := system.missing():
        raise EngineError(found)
    folder = work / system.module
    if (folder / _BUILT).exists():
        return Build(**json.loads((folder / _BUILT).read_text(encoding="utf-8")))
    rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    seconds, peak = in_fresh_process(1, _build, system, work)
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    built = Build(seconds, peak, disk)
    (folder / _BUILT).write_text(json.dumps(asdict(built)), encoding="utf-8")
    return built


def _build(system: System, work: Path) -> tuple[float, float]:
    material, builder = read_material(work / MATERIAL), system.builder()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak starts anew
    before, started = memory_of(os.getpid()).resident, perf_counter()
    builder.build(material, work / system.module)
    seconds = perf_counter() - started
    return seconds, peak_of(os.getpid()) - before


def serving_memory(system: System, work: Path, model: str | None, questions: Sequence[str]) -> Memory:
    """Megabytes that opening and asking add to a fresh process which holds the encoder and the imported library."""
    return in_fresh_process(1, _serve, system, work, model, questions)


def _serve(system: System, work: Path, model: str | None, questions: Sequence[str]) -> Memory:
    encoder, builder = load_encoder(model), system.builder()
    if system.package:
        import_module(system.package)
    encoder.encode_queries([_PROBE])
    tokenize(_PROBE)
    gc.collect()
    before = memory_of(os.getpid())
    search = builder.open_search(work / system.module, encoder, Way(1, system.variant))
    for question in questions:
        search(question)
    gc.collect()
    after = memory_of(os.getpid())
    return Memory(after.private - before.private, after.resident - before.resident)
