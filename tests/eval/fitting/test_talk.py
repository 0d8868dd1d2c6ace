import random

import numpy as np

from assistant.question.talk import Act
from assistant.question.talk_model import tokens
from eval.fitting.talk import MATTER, Phrasing, TalkData, phrasings, read_phrases, set_aside, wordings
from index.text.normalizer import normalize


def test_a_phrase_stands_for_its_wordings_each_choice_in_one_at_least() -> None:
    found = wordings("{再|重新}说{一遍|一次|}", 4, random.Random(1))
    assert len(found) == len(set(found)) <= 4
    assert {text[0] for text in found} == {"再", "重"}
    assert wordings("收到", 24, random.Random(1)) == ["收到"]


def test_every_act_has_phrases_in_both_languages() -> None:
    found = {(act, code) for act, code, _ in read_phrases()}
    assert found == {(act, code) for act in (*Act, MATTER) for code in ("zh", "en")}


def test_nothing_that_is_set_aside_is_fitted_on() -> None:
    aside = {tokens(normalize(text)) for text in set_aside()}
    fitted = {tokens(normalize(one.text)) for one in phrasings(["鱼塘怎么承包"], set_aside())}
    assert all(len(both) <= 3 for both in aside & fitted)


def test_a_model_of_few_phrases_tells_them_from_a_question() -> None:
    said = ["再说一遍", "请再说一遍", "再说一遍吧", "麻烦再说一遍"]
    asked = ["鱼塘怎么承包", "渔网多大", "船在哪修", "鱼苗补贴多少"]
    data = TalkData(
        [Phrasing(text, Act.AGAIN, n, 50.0) for n, text in enumerate(said)]
        + [Phrasing(text, MATTER, -1 - n, 50.0) for n, text in enumerate(asked)]
        + [Phrasing("谢谢", Act.THANKS, 9, 50.0), Phrasing("转人工", Act.PERSON, 10, 50.0)]
    )
    columns, weights = data.fit(np.ones(len(data.messages), dtype=bool))
    assert weights.shape == (len(columns), len(set(data.acts.tolist())))
