"""A corpus of ten short rows: enough to run every leg."""

import json
from pathlib import Path

import pytest

from corpus.corpus import Corpus
from corpus.load import read_jsonl_corpus
from index.building import build_index
from index.encoder.encoder import Encoder
from index.index import Index

TEXTS = {
    "分公司登记": "设立分公司应当向所在地登记机关申请营业执照。",
    "首次贷款": "小微企业首次贷款由银行专员上门辅导并限时审批。",
    "水电报装": "用水用电报装实行一窗受理、并联审批。",
    "不动产过户": "二手房过户与缴税、水表更名一次办结。",
    "招标保证金": "投标保证金可以用保函代替现金。",
    "跨省通办": "异地事项由两地政务大厅收受分离、结果互寄。",
    "信用修复": "失信主体整改后可以在线申请信用修复。",
    "人才落户": "高校毕业生凭学历证书办理落户。",
    "出口退税": "一类企业的出口退税在两个工作日内办结。",
    "知识产权": "专利快速预审缩短授权周期。",
}


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """The rows as a file; ids are r0, r1, …"""
    path = tmp_path / "rows.jsonl"
    lines = [json.dumps({"id": f"r{i}", "title": title, "text": text}) for i, (title, text) in enumerate(TEXTS.items())]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def small_corpus(rows: Path) -> Corpus:
    return read_jsonl_corpus(rows)


@pytest.fixture
def small_index(small_corpus: Corpus, bigram_encoder: Encoder) -> Index:
    return build_index(small_corpus, bigram_encoder)
