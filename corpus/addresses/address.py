"""An address as read from a text, before anybody looks which clause it fits."""

from dataclasses import dataclass

from corpus.numbering import NumberingStyle


@dataclass(frozen=True, slots=True)
class Step:
    """One number of an address as read: its value, and the styles it may be printed in, the likeliest first."""

    value: int
    sub: int = 0
    styles: tuple[NumberingStyle, ...] = ()
    word: str = ""
    part: bool = False  # said to be a part: 第二款, item (2)
    occurrence: int = 1

    @property
    def key(self) -> str:
        if self.styles == (NumberingStyle.ROW,):
            return f"r{self.value}"
        return f"{self.value}-{self.sub}" if self.sub else str(self.value)


@dataclass(frozen=True, slots=True)
class PrintedAddress:
    """An address as read: where it is said to stand, and its number path."""

    steps: tuple[Step, ...]
    documents: tuple[str, ...] = ()  # empty: not said
    division: str | None = None  # 典型案例, 通知
    attachment: tuple[NumberingStyle, str] | None = None  # its style and key: 附件1
    cover: bool = False
    introduction: bool = False  # said to be what stands directly under a heading
    english: bool = False
    in_group: bool = False  # 案例第三个: the last number of a path of several
    key: str | None = None  # in place of steps: p3, 末段

    @property
    def number(self) -> str:
        """The number path as ids write it."""
        return self.key or ".".join(step.key for step in self.steps)
