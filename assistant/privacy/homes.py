"""Where somebody lives, in folded text: from words that say so (家住, 住址, my address is) to the number of the door.

Addresses of offices and companies are public and stay: an address counts only behind words that call it a home, and
only from the street or the estate on, so that the district, by which an answer is chosen, stays as well. A home
without such words (南岗区西大直街 1 号 3 单元) is not recognised.
"""

import re
from collections.abc import Iterator

from assistant.privacy.numbers import Found

HOME = "〔住址〕"

_HOME = re.compile(
    r"(?:家住|现住|租住|居住|住)(?!宅|院|房|宿|户|建|所)(?:在|于|址)?(?:是|为|[:：])?"
    r"|(?:家庭|户籍|身份证|现居|居住|收件|收货|我的?|我家的?|联系)(?:住址|地址)(?:是|为|在|[:：])?"
    r"|(?:现?居住地|户籍(?:所在)?地|户口所在地)址?(?:是|为|在|[:：])"
    r"|我家(?:在|是)|(?:我的)?房子?在|老家在|(?:MY|HOME) (?:HOME )?ADDRESS(?: IS|:)?|I LIVE (?:AT|IN|ON)"
)
_AREAS = re.compile(  # from the province to the town; 光明小区 is no district
    r"[ ]*(?>[\u4e00-\u9fff]{2,8}?(?:省|自治区|特别行政区|市|自治州|州|盟|地区|自治县|县|自治旗|旗"
    r"|(?<![小社园校厂景])区|镇|乡|街道)[ ]?){0,5}+"
)
_STREET = re.compile(
    r"[\u4e00-\u9fff\dA-Z·]{1,12}?"
    r"(?:路|街|大街|大道|巷|弄|胡同|里|道|村|组|屯|队|小区|花园|家园|新村|新城|公寓|苑|庭|府|城|湾|园|居|庄|广场|大厦|宿舍"
    r"|院){1,3}[ ]?"  # 学府路 and 花园街 have two
)
_ESTATE = re.compile(r"[\u4e00-\u9fff]{2,8}(?=\d{1,4}(?:号楼|栋|幢))", re.ASCII)  # one that is not called so: 恒大御峰
_DOOR = re.compile(
    r"(?:[\dA-Z甲乙丙丁一二三四五六七八九十百]{1,8}(?:号楼?|弄|栋|幢|座|楼|单元|门|层|室|户|院|组|队|#)"
    r"|-?\d{1,5}(?:-\d{1,5}){0,3}(?:室|号|户)?)[ ,，]?",
    re.ASCII,
)
_MOST_STEPS = 12  # streets and doors of one address
_ENGLISH = re.compile(
    r"[ ]*(?P<door>(?:(?:ROOM|FLAT|APT\.?|APARTMENT|UNIT|NO\.?|BUILDING|BLDG\.?) ?[\dA-Z-]{1,8},? ?){0,4}+\d{0,5},? ?"
    r"(?:[A-Z']{1,20} ){1,4}(?:ROAD|RD|STREET|ST|AVENUE|AVE|LANE)\.?)(?![A-Z])"
)


def find_homes(folded: str) -> Iterator[Found]:
    """Addresses that are called somebody's home, without the names of province, city and district before them."""
    done = 0
    for said in _HOME.finditer(folded):
        if said.end() >= done and (span := _chinese(folded, said.end()) or _english(folded, said.end())):
            done = span[1]
            yield Found(*span, HOME)


def _chinese(folded: str, start: int) -> tuple[int, int] | None:
    """From the first street or estate at `start` to the last number of a door; step by step: no text is slow."""
    areas = _AREAS.match(folded, start)
    start = place = areas.end() if areas else start
    end = 0
    for _ in range(_MOST_STEPS):
        if place > start and (door := _DOOR.match(folded, place)):
            place = door.end()
            end = place - (folded[place - 1] in " ,，")
        elif street := _estate(folded, place) or _STREET.match(folded, place):
            place = street.end()
        else:
            break
    return (start, end) if end else None


def _estate(folded: str, place: int) -> re.Match[str] | None:
    """An estate behind a street or a door, unless a comma stands before it: there a sentence may begin."""
    return None if folded[place - 1 : place] in {",", "，"} else _ESTATE.match(folded, place)


def _english(folded: str, start: int) -> tuple[int, int] | None:
    address = _ENGLISH.match(folded, start)
    return address.span("door") if address and any(map(str.isdigit, address["door"])) else None
