"""What a phrase says may, may not, must or need not be done."""

import pytest

from assistant.composition.modality import Says, says_in, takes_back, trials_in


@pytest.mark.parametrize(
    ("phrase", "says"),
    [
        ("读者可以自购买之日起7日内退货", Says.MAY),
        ("凭身份证可在任一窗口领取", Says.MAY),
        ("允许分期缴纳", Says.MAY),
        ("不得出售缺页的旧书", Says.MAY_NOT),
        ("禁止在楼道堆放杂物", Says.MAY_NOT),
        ("对材料不全的不予受理", Says.MAY_NOT),
        ("应当事先告知读者", Says.MUST),
        ("须经本人签字", Says.MUST),
        ("必须佩戴头盔", Says.MUST),
        ("无需提交户口簿", Says.NEED_NOT),
        ("不再要求提供收入证明", Says.NEED_NOT),
        ("可以不办理登记", Says.NEED_NOT),
        ("免于现场核验", Says.NEED_NOT),
        ("取消验资环节", Says.NEED_NOT),
        ("设立夜间收件箱", Says.HAS),
        ("实现异地领取", Says.DONE),
    ],
)
def test_what_a_phrase_says_is_told_by_its_words(phrase: str, says: Says) -> None:
    assert says_in(phrase) is says


@pytest.mark.parametrize(
    "phrase",
    [
        "办理行政许可",
        "因不可抗力延期",
        "应急预案演练",
        "根据需求调整",
        "供应商名录",
        "罚款超过五百元",
        "可行性研究报告",
        "不得公开的",  # names a case, of which something is said behind it
        "认可的检测机构",
        "每月检查一次消防设施",
    ],
)
def test_what_only_looks_like_it_says_nothing(phrase: str) -> None:
    assert says_in(phrase) is None


def test_a_bound_is_no_prohibition() -> None:
    assert says_in("租期不得超过五年") is None
    assert says_in("不得转租") is Says.MAY_NOT


def test_what_is_tried_or_taken_back_is_told() -> None:
    assert trials_in("探索实施一表申报")
    assert trials_in("选择部分街道试点")
    assert not trials_in("市领导每月研究企业问题")
    assert takes_back("摊位可以转让,但须经同意")
    assert not takes_back("摊位可以转让")
