"""What applies in a place holds inside it; of what applies in a city, who names the province alone cannot know."""

import pytest

from corpus.places.holding import holds_in


@pytest.mark.parametrize(
    ("where", "places", "holds"),
    [
        (["安徽"], ["合肥"], True),
        (["合肥"], ["安徽"], None),
        (["合肥"], ["芜湖"], False),
        (["合肥", "芜湖"], ["滁州", "芜湖"], True),
        (["合肥"], ["芜湖", "安徽"], None),
        (["合肥"], ["全国"], None),
        (["全国"], ["芜湖"], True),
        ([], ["芜湖"], True),
        (["合肥"], [], True),
    ],
)
def test_a_provinces_holds_in_its_cities_and_a_citys_may_hold_in_its_province(
    where: list[str], places: list[str], holds: bool | None
) -> None:
    assert holds_in(where, places) is holds
