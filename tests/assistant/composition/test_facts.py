import pytest

from assistant.composition.facts import Form, form_of


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("首贷在哪一条", Form.WHICH_CLAUSE),
        ("第几条说到标准地", Form.WHICH_CLAUSE),
        ("which clause covers first loans", Form.WHICH_CLAUSE),
        ("哪个城市有数字政务门牌", Form.WHICH_PLACE),
        ("Which cities let experts bid from home?", Form.WHICH_PLACE),
        ("怎么申请首贷", Form.HOW),
        ("how do I get first-loan support", Form.HOW),
        ("个体户也行吗", Form.YES_NO),
        ("有没有贴息", Form.YES_NO),
        ("Can a foreigner apply?", Form.YES_NO),
        ("首贷专区是什么", Form.WHAT),
        ("店在哪条街", Form.WHAT),
        ("首贷", Form.WHAT),
    ],
)
def test_the_form_is_read_from_how_the_question_is_asked(question: str, form: Form) -> None:
    assert form_of(question) is form
