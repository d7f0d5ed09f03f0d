"""Numbers as a what-if change has them: ``4``, or relative to what is there: ``+1``, ``x0.9``."""

import re
from dataclasses import dataclass
from operator import add, mul, sub
from typing import Self

from planner.inputs.cell_values import as_decimal, as_whole

_OPERATIONS = {"+": add, "-": sub, "x": mul}
_RELATIVE = re.compile(r"([+x*-])\s*(\d.*)")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, or what becomes of the present one.

    Attributes
    ----------
    sign
        ``+``, ``-`` or ``x``; empty where the number is absolute.
    """

    number: float
    sign: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """``4``, ``+1``, ``-1``, ``x0.9``; raises `Mistake` where that is no number."""
        relative = _RELATIVE.fullmatch(text)
        if relative is None:
            return cls(as_decimal(text))
        return cls(as_decimal(relative[2]), relative[1].replace("*", "x"))

    @property
    def is_relative(self) -> bool:
        """Whether it builds on the present number."""
        return bool(self.sign)

    def __str__(self) -> str:
        return f"{self.sign}{self.number:.10g}"

    def apply(self, present: float) -> float:
        """What becomes of the present number."""
        return _OPERATIONS[self.sign](present, self.number) if self.sign else self.number

    def apply_within(self, present: float, least: float, most: float) -> float:
        """What becomes of the present number; raises `Mistake` outside the limits."""
        return as_decimal(f"{self.apply(present):.10g}", least, most)

    def apply_whole(self, present: int, least: int, most: int) -> int:
        """What becomes of a number of things; raises `Mistake` outside the limits."""
        # One that is far too large is written as 1e+20, and is refused as too large first.
        self.apply_within(present, least, most)
        return as_whole(f"{self.apply(present):.10g}")
