"""What one more of everything is worth, as a table: what was found, and what is proven."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from math import floor
from typing import Any

from planner.analysis.comparison import aligned, signed
from planner.i18n.messages import Message, say
from planner.i18n.words import Words
from planner.plan import Result
from planner.render.escape import to_cell
from planner.scenarios import Change

NOTHING = 1e-6
PRICES = 5
"""So many places are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What one more of something would bring.

    Two plans were made, without it and with it; the best of each lies between its plan and its
    bound, so the true gain lies between `least` and `most`.

    Attributes
    ----------
    what
        One more of what, in words.
    change
        With which `planner whatif` looks at it, or None.
    people, worth
        Found: people, and weighted people less driving, that the second plan has more.
    least, most
        Proven: the best plans differ by at least and at most this worth; None = not known.
    people_most
        Proven: the most people of any plan rise by no more than this beyond those of the first.
    """

    what: Message
    change: Change | None
    people: int
    worth: float
    least: float | None
    most: float | None
    people_most: int | None

    @property
    def certainty(self) -> Message:
        """What is proven of it."""
        if self.least is not None and self.least > NOTHING:
            return say("proven: a gain")
        if self.most is not None and self.most <= NOTHING:
            return say("proven: no gain")
        if self.worth > NOTHING:
            return say("found, not proven")
        return say("none found, not ruled out")


def worth_of(
    what: Message,
    without: Result,
    having: Result,
    *,
    change: Change | None = None,
    bound: float | None = None,
) -> Worth:
    """What something is worth, of the plans without it and with it.

    Parameters
    ----------
    bound
        Another proven bound on plans with it, or None.
    """
    bounds = [number for number in (having.bound, bound) if number is not None]
    most = min(bounds) - without.objective if bounds else None
    least = None if without.bound is None else having.objective - without.bound
    people_bound = having.people_bound
    return Worth(
        what=what,
        change=change,
        people=having.people - without.people,
        worth=having.objective - without.objective,
        least=least,
        most=most,
        people_most=None if people_bound is None else floor(people_bound) - without.people,
    )


def ranked(found: Sequence[Worth]) -> list[Worth]:
    """Most people first; of as many, the one that is worth most, then that may be."""
    return sorted(found, key=lambda w: (-w.people, -w.worth, -(w.most or 0.0), w.what))


def scarcity_dicts(found: Sequence[Worth], words: Words) -> list[dict[str, Any]]:
    """For JSON."""
    return [
        {
            "what": words.said(item.what),
            "options": _options(item),
            "people": item.people,
            "people_most": item.people_most,
            "worth": round(item.worth, 4),
            "worth_least": item.least,
            "worth_most": item.most,
            "certainty": words.said(item.certainty),
        }
        for item in found
    ]


def scarcity_lines(found: Sequence[Worth], words: Words) -> list[str]:
    """The table for a terminal."""
    rows = [_headers(words), *(_row(item, words) for item in found)]
    texts_first = [[row[0], row[-1], *row[1:-1]] for row in rows]
    return aligned(texts_first, num_texts=2)


def price_line(names: Mapping[str, str], prices: Mapping[str, float], words: Words) -> str:
    """Where one more expected person is worth most, by the prices of the plan.

    Parameters
    ----------
    names
        Of places by their id.
    prices
        By id of a place, what one more expected person is worth, about.
    """
    dearest = sorted(prices.items(), key=lambda entry: (-entry[1], entry[0]))[:PRICES]
    told = ", ".join(
        f"{names[key]} ({words.number(price, 2)})" for key, price in dearest if price > NOTHING
    )
    return words("one more person expected is worth most at (an estimate): {names}", names=told)


def scarcity_csv(found: Sequence[Worth], words: Words) -> bytes:
    """The table for spreadsheet programs, in UTF-8 with a byte order mark for Excel."""
    text = StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow([*_headers(words), words("Options")])
    for item in found:
        numbers = (item.people, item.people_most, item.worth, item.least, item.most)
        cells = ["" if number is None else round(number, 2) for number in numbers]
        certainty = words.said(item.certainty)
        table.writerow([to_cell(words.said(item.what)), *cells, certainty, to_cell(_options(item))])
    return text.getvalue().encode("utf-8-sig")


def _headers(words: Words) -> list[str]:
    return [
        words("One more"),
        words("People found"),
        words("People at most"),
        words("Worth found"),
        words("Worth at least"),
        words("Worth at most"),
        words("Certainty"),
    ]


def _row(item: Worth, words: Words) -> list[str]:
    def number(value: float | None) -> str:
        return "–" if value is None else words.number(value, 1)

    return [
        words.said(item.what),
        signed(item.people, words),
        "–" if item.people_most is None else words.number(item.people_most),
        number(item.worth),
        number(None if item.least is None else max(0.0, item.least)),
        number(item.most),
        words.said(item.certainty),
    ]


def _options(item: Worth) -> str:
    return "" if item.change is None else str(item.change)
