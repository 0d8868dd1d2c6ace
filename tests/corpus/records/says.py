"""What a fault of a record must say."""

import re


def assert_says(fault: Exception, where: str, part: str) -> None:
    """A fault names file and line, then says in Chinese and in English what to do."""
    said = str(fault)
    assert said.startswith(where)
    assert part in said
    assert re.search("[\u4e00-\u9fff]", said.removeprefix(where))
    assert re.search("[a-z]{3}", said.removeprefix(where))
