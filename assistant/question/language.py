"""Which language to answer in, and questions that are none: greetings and what cannot be read."""

import re

from assistant.answer import Reason
from index.text.normalizer import normalize

_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"(?![一二三四五六七八九十第])[\u3400-\u9fffa-z]")
_NUMBER = re.compile(r"^\d{1,4}$|\d\d|\d条")
_NOISE = re.compile(r"[^\u3400-\u9fffa-z0-9 ]+")
# Whole phrases, each taken as it stands and never given back (possessive): the match is linear in the text.
_GREETING = re.compile(
    r"(?:(?>你们好|大家好|你好|您好|哈喽|早上好|上午好|中午好|下午好|晚上好|早安|晚安|在吗|在不在|有人吗|再见|拜拜"
    r"|谢谢|谢了|多谢|感谢|辛苦|麻烦|收到|明白|知道|没事|没了|没有了|行吧|行|好的|好吧|那好|好|那|我|哦|噢|嗯"
    r"|我?还?是?(?:听不懂|看不懂|没看懂|没听懂|不明白|不懂)|再?说?简单点|说人话|你?您?是谁|你?您?是真人[吗不]?|你?您?是机器人[吗不]?"
    r"|who are you|are you (?:a )?(?:human|robot|real)|i do not understand|i don't understand|simpler please"
    r"|good (?:morning|afternoon|evening|night)|thank you|thanks|thank|thx|so much|very much|a lot"
    r"|ni ?hao|xie ?xie|zai ?jian"
    r"|got it|i see|that|helps|great|fine|perfect|cool|no|yes|goodbye|bye|hello|hey|hi|there|okay|ok)"
    r"(?>[你您]|啊|呀|哈|了|啦|吧| )*+)++"
)


def language_of(text: str) -> str:
    """`zh` when the text holds a Chinese character, else `en`."""
    return "zh" if _HAN.search(text) else "en"


def without_question(text: str) -> Reason | None:
    """GREETING for a greeting or thanks, UNREADABLE when nothing can be read or found in it, else None."""
    plain = normalize(text)
    if _GREETING.fullmatch(_NOISE.sub("", plain).strip() or "-"):
        return Reason.GREETING
    if not _LETTER.search(plain) and not _NUMBER.search(plain):
        return Reason.UNREADABLE
    return None
