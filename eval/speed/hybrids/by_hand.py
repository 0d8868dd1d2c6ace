"""bm25s and FAISS flat joined by reciprocal rank fusion, as a careful engineer would assemble them."""

import json
from pathlib import Path

import faiss
import numpy as np

from eval.speed.baselines import build_bm25s, build_flat, open_bm25s, search_by_hand
from eval.speed.hybrids.material import Material
from eval.speed.hybrids.system import LIMIT, Search, Way
from index.encoder.encoder import Encoder


def build(material: Material, folder: Path) -> None:
    build_bm25s(material.terms).save(folder / "bm25s", show_progress=False)
    faiss.write_index(build_flat(material.vectors), str(folder / "flat"))
    np.save(folder / "owners.npy", material.owners)
    (folder / "ids.json").write_text(json.dumps(material.ids), encoding="utf-8")


def open_search(folder: Path, encoder: Encoder, way: Way) -> Search:
    ids = json.loads((folder / "ids.json").read_text(encoding="utf-8"))
    flat, owners = faiss.read_index(str(folder / "flat")), np.load(folder / "owners.npy")
    ask = search_by_hand(open_bm25s(folder / "bm25s"), flat, owners, ids, encoder)

    def search(question: str) -> list[str]:
        faiss.omp_set_num_threads(way.threads)  # of this thread; others here set their own
        return [found for found, _ in ask(question, LIMIT)]

    return search
