"""Small folders of texts that are not the shipped ones: a local measure without records or place, nothing else."""

from pathlib import Path

import pytest

from assistant.service import Assistant
from assistant.settings import Settings
from corpus.load import load_corpus
from index.building import build_index
from index.encoder.encoder import Encoder

MARKET = """旧书市场管理办法

第一条　为了规范旧书市场的经营活动，保护读者和经营者的权益，制定本办法。
第二条　在固定场所或者网络平台买卖旧书的，适用本办法。拍卖古籍的，按照文物管理的规定执行。
第三条　经营旧书摊位应当办理备案。备案自提交之日起3个工作日内办结，不收取费用。
第四条　办理摊位备案应当提交身份证明、摊位租赁合同和承诺书，依据[2020]年以后的新版表格填写。
第五条　经营者应当明码标价，不得出售缺页、霉变的旧书。确有缺页的，应当事先告知读者。
第六条　读者发现旧书缺页的，可以自购买之日起7日内退货，经营者应当全额退款。
第七条　市场开办者应当设置公平秤和意见箱，每月检查一次消防设施，并做好记录。
第八条　旧书市场实行夜间延时服务的，应当提前告知周边居民。延时服务不得晚于二十二时。延时服务期间，市场开办者应当安排\
专人值守，保证出入口畅通，并开放停车场。经营者应当自行清扫摊位，不得将杂物堆放在通道上。遇有大风、暴雨等恶劣天气的，市场开办者应当\
及时关闭露天摊位，并通过广播通知经营者收摊。因此造成摊位费损失的，按照实际停业天数顺延租期。市场开办者应当在醒目位置公布值守人员\
和联系方式，方便读者和经营者反映问题。对反映的问题，应当当场登记，能够当场解决的当场解决；不能当场解决的，应当告知处理的期限和进度。
第九条　捐赠旧书给社区图书室的，由图书室出具接收凭证，并在门口张贴捐赠名单。
第十条　违反本办法第五条规定的，由市场监督管理部门责令改正，可以处二百元以下罚款。
第十一条　本办法自发布之日起施行。
"""


@pytest.fixture(scope="session")
def market(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one text without facts, place and records."""
    folder: Path = tmp_path_factory.mktemp("market")
    (folder / "market.txt").write_text(MARKET, encoding="utf-8")
    return Assistant(build_index(load_corpus(folder), encoder), Settings(index=folder / "index", feedback=None))


SUBSIDIES = """云泽市困难群众补贴标准

各类人员的补贴标准如下：

序号	发放对象	补贴额（元）	发放周期	申请地点
1	重度残疾人	12000	每年一次	残疾人服务窗口
2	失能老人	300	每月一次	养老服务窗口
3	困境儿童	950	每月一次	儿童福利科
"""
HOSPITALS = """云泽市急诊值班安排

各医院的急诊电话如下：

医院	急诊电话	地址
第一医院	0599-6100120	河滨路8号
人民医院	0599-6100345	朝晖路21号
妇幼保健院	0599-6100777	南塘街3号
"""
CHECKS = """云泽市特种设备检查计划

各类设备的检查安排如下：

设备类别	检查次数	台数	责任科室
观光电梯	4	36	机电科
蒸汽锅炉	2	15	承压科
架空索道	1	7	机电科
"""
OFFICES = """云泽市青石区办事处一览表

办事处的办公地点和电话如下：

办事处	办公地点	电话
东桥办事处	东桥老粮站院内	0599-7300101
西岭办事处	西岭村口旧祠堂旁	0599-7300202
北湾办事处	北湾渡口对面	0599-7300303
"""
COVERED = """云泽市人民政府关于印发云泽市竹编作坊奖励办法的通知

各县、区人民政府：

《云泽市竹编作坊奖励办法》已经市政府同意，现印发给你们，请认真贯彻执行。

云泽市人民政府

2024年5月6日

云泽市竹编作坊奖励办法

第一条　为了鼓励开办竹编作坊，制定本办法。
第二条　新开办一家竹编作坊的，奖励两万元。
第三条　本办法自2024年6月1日起施行。
"""


@pytest.fixture(scope="session")
def office(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over tables as offices print them, and a notice that issues a text."""
    folder: Path = tmp_path_factory.mktemp("office")
    texts = {"subsidies": SUBSIDIES, "hospitals": HOSPITALS, "checks": CHECKS, "offices": OFFICES, "covered": COVERED}
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return Assistant(build_index(load_corpus(folder), encoder), Settings(index=folder / "index", feedback=None))
