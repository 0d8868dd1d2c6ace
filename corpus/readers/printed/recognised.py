"""What was recognised in a picture: pieces of lines and ruling lines, at their places."""

from dataclasses import dataclass

from corpus.readers.printed.lines import Letter
from corpus.readers.printed.ruled import Rule

INSTALL = 'pip install "policyqa[ocr]"'  # what brings recognition


@dataclass(frozen=True, slots=True)
class Recognised:
    """Pieces and rules of one picture of that size, turned straight."""

    letters: list[Letter]
    rules: list[Rule]
    width: float
    height: float

    def placed(self, scale: float, x: float, y: float) -> "Recognised":
        """The same, `scale` times as large and moved by x and y: from pixels of a part to points of its page."""
        return Recognised(
            [
                Letter(
                    letter.text,
                    x + letter.x0 * scale,
                    x + letter.x1 * scale,
                    y + letter.top * scale,
                    y + letter.bottom * scale,
                    letter.size * scale,
                    letter.confidence,
                )
                for letter in self.letters
            ],
            [
                Rule(x + rule.x0 * scale, x + rule.x1 * scale, y + rule.top * scale, y + rule.bottom * scale)
                for rule in self.rules
            ],
            self.width * scale,
            self.height * scale,
        )
