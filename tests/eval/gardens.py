"""One text of an office in two versions, and a second text: what a publication changes, in small."""

from pathlib import Path

from assistant.service import Assistant
from assistant.settings import Settings
from corpus.load import load_corpus
from index.building import build_index
from index.encoder.encoder import Encoder

GARDENS = """社区菜园管理办法

第一条　为了规范社区菜园的分配和使用，制定本办法。
第二条　居民凭户口簿到居委会申请一块菜地，每户限一块。
第三条　菜地每年收取管理费六十元，由居委会开具收据。
第四条　菜园每日六时开门，二十时关门。
第五条　浇水应当使用蓄水池的雨水，不得接用消防栓。
第六条　连续三个月无人耕种的菜地，由居委会收回，另行分配。
第七条　不得在菜园饲养家禽，不得焚烧秸秆。
第八条　本办法自2024年3月1日起施行。
第九条　丢失菜园钥匙的，到居委会交工本费十元补领。
"""
# What 第三条 says is another thing, 第九条 is gone, the rest is as before.
GARDENS_NEW = GARDENS.replace("菜地每年收取管理费六十元，由居委会开具收据。", "菜园的工具由居委会统一保管。").replace(
    "第九条　丢失菜园钥匙的，到居委会交工本费十元补领。\n", ""
)
BIKES = """共享单车停放规定

第一条　共享单车应当停放在施划的白线框内。
第二条　乱停单车的，由运营企业在两小时内清走。
第三条　运营企业应当公布投诉电话，二十四小时有人接听。
"""


def assistant_over(folder: Path, encoder: Encoder, **texts: str) -> Assistant:
    """An assistant over these texts, by their ids."""
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return Assistant(build_index(load_corpus(folder), encoder), Settings(index=folder / "index", feedback=None))
