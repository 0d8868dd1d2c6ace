"""Numbers whose groups commas part, accounts of QQ and WeChat, and names without a colon; and what looks like them."""

import pytest

from assistant.privacy.masking import mask

ID, MOBILE, CARD, NAME, ACCOUNT = "〔身份证号〕", "〔手机号〕", "〔银行卡号〕", "〔姓名〕", "〔网络账号〕"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        # groups that commas part
        ("138,1234,5678", MOBILE),
        ("我的电话是138，1234，5678，请回", f"我的电话是{MOBILE}，请回"),
        ("86,138,1234,5678；1381234,5678", f"{MOBILE}；{MOBILE}"),
        ("110105,19491231,002X", ID),
        ("身份证2105,0319,7508,1502,86，能办吗", f"身份证{ID}，能办吗"),
        ("210503,750815,028", ID),
        ("6222,0212,3456,7890,128", CARD),
        ("卡号4111,1111,1111,1111", f"卡号{CARD}"),
        ("13800138000,13900139000", f"{MOBILE},{MOBILE}"),
        # accounts of QQ and WeChat
        ("QQ：12345678，qq号是 123456789", f"QQ：{ACCOUNT}，qq号是 {ACCOUNT}"),
        ("加我QQ12345678 扣扣号码1234567890", f"加我QQ{ACCOUNT} 扣扣号码{ACCOUNT}"),
        ("微信号 abc_123", f"微信号 {ACCOUNT}"),
        ("微信号zhangsan，微信：zhangsan123", f"微信号{ACCOUNT}，微信：{ACCOUNT}"),
        ("加我微信abc-12345，我的微信是 zhang_san", f"加我微信{ACCOUNT}，我的微信是 {ACCOUNT}"),
        ("VX：abc123456，WeChat ID: li_lei99", f"VX：{ACCOUNT}，WeChat ID: {ACCOUNT}"),
        ("微信：wx13800138000", f"微信：{ACCOUNT}"),
        # names without a colon
        ("我叫张三", f"我叫{NAME}"),
        ("姓名 张三 电话 13812345678", f"姓名 {NAME} 电话 {MOBILE}"),
        ("姓名　李小明，联系人 王芳", f"姓名　{NAME}，联系人 {NAME}"),
        ("姓名\n张三\n电话", f"姓名\n{NAME}\n电话"),
        ("名字 阿依古丽·买买提", f"名字 {NAME}"),
    ],
)
def test_personal_data_gives_way_to_its_name(said: str, kept: str) -> None:
    assert mask(said) == kept
    assert mask(kept) == kept


@pytest.mark.parametrize(
    "said",
    [
        # thousands, lists of figures, and what a unit follows
        "补贴1,234,567元，12,345,678,901，138,123,456,789",
        "13,812,345,678，1,380,013,800",
        "分别为138,1234,5678，依次是159,1600,1700",
        "138,1234,5678元，159,1600,1700户，138,1234,5678.5",
        "4111,1111,1111,1111",
        "4500,4600,4700,4800，6200,6300,6400,6500",
        "2019,2020,2021,2022,2023，20231019,20241019",
        "110105,19491231,0021，2105,0319,7508,1502,87",
        "受理号138,1234,5678，发票号码：110105,19491231,002X",
        "10.138,1234,5678，1,38,1234,5678",
        # accounts of offices, groups, and words behind the names of both services
        "QQ群12345678，QQ空间，QQ 2023年，客服QQ 12345678，单位QQ：800012345",
        "微信公众号hefei12345，官方微信：hefei_12345，关注微信号 hefeizw12，窗口微信号hfzw_001",
        "微信支付V3版，微信小程序HEFEI12，微信号怎么改，微信是哪家公司的，微信：扫码办理，微信转账123456元",
        "WX1234号文，型号VX1234，我的微信被封了",
        # words behind those that announce a name
        "姓名 性别 年龄 单位 电话，姓名 金额，姓名 变更，姓名 和 住址，姓名\n性别\n单位",
        "联系人 单位，经办人 应届生，名字 怎么改，收件人 包括谁，户主 张贴公告，姓名 相同",
    ],
)
def test_what_only_looks_personal_stays(said: str) -> None:
    assert mask(said) == said
