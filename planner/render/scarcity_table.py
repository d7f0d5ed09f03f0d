"""What one more of everything is worth: lines to read, CSV, and JSON."""

from collections.abc import Mapping, Sequence
from typing import Any

from planner.analysis.scarcity import NOTHING, Worth
from planner.i18n.words import Words
from planner.render.text_table import align_columns, format_difference, to_csv

MAX_PRICES = 5
"""So many places are named."""


def build_scarcity_dicts(worths: Sequence[Worth], words: Words) -> list[dict[str, Any]]:
    """For JSON."""
    return [
        {
            "what": words.translate(item.what),
            "options": _options(item),
            "people": item.people,
            "people_most": item.people_upper_bound,
            "worth": round(item.worth, 4),
            "worth_least": item.lower_bound,
            "worth_most": item.upper_bound,
            "certainty": words(item.certainty.value),
        }
        for item in worths
    ]


def build_scarcity_lines(worths: Sequence[Worth], words: Words) -> list[str]:
    """The table for a terminal."""
    rows = [_headers(words), *(_row(item, words) for item in worths)]
    texts_first = [[row[0], row[-1], *row[1:-1]] for row in rows]
    return align_columns(texts_first, num_texts=2)


def build_price_line(names: Mapping[str, str], prices: Mapping[str, float], words: Words) -> str:
    """Where one more expected person is worth most, by the prices of the plan.

    Parameters
    ----------
    names
        Of places by their id.
    prices
        By id of a place, what one more expected person is worth, about.
    """
    dearest = sorted(prices.items(), key=lambda entry: (-entry[1], entry[0]))[:MAX_PRICES]
    told = ", ".join(
        f"{names[key]} ({words.number(price, 2)})" for key, price in dearest if price > NOTHING
    )
    return words("one more expected person is worth most at (estimate): {names}", names=told)


def build_scarcity_csv(worths: Sequence[Worth], words: Words) -> bytes:
    """The table for spreadsheet programs."""
    titles = [*_headers(words), words("Options")]
    return to_csv([titles, *(_csv_row(item, words) for item in worths)])


def _csv_row(item: Worth, words: Words) -> list[object]:
    numbers = (item.people, item.people_upper_bound, item.worth, item.lower_bound, item.upper_bound)
    return [
        words.translate(item.what),
        *("" if number is None else round(number, 2) for number in numbers),
        words(item.certainty.value),
        _options(item),
    ]


def _headers(words: Words) -> list[str]:
    return [
        words("Change"),
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
        words.translate(item.what),
        format_difference(item.people, words),
        "–" if item.people_upper_bound is None else words.number(item.people_upper_bound),
        number(item.worth),
        number(None if item.lower_bound is None else max(0.0, item.lower_bound)),
        number(item.upper_bound),
        words(item.certainty.value),
    ]


def _options(item: Worth) -> str:
    return "" if item.change is None else str(item.change)
