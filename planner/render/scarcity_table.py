"""What one more of everything is worth: lines to read, CSV, and JSON."""

from collections.abc import Mapping, Sequence
from typing import Any

from planner.analysis.gain import SLACK, Worth
from planner.i18n.words import Words
from planner.render.text_table import (
    Cell,
    align_columns,
    format_difference,
    number_cell,
    to_csv,
    to_numbers,
    to_texts,
)

MAX_PRICES = 5
"""So many places are named."""


def build_scarcity_dicts(worths: Sequence[Worth], words: Words) -> list[dict[str, Any]]:
    """For JSON."""
    return [
        {
            "what": words.translate(item.what),
            "options": _options(item),
            "people": item.gain.people,
            "people_most": item.gain.people_upper_bound,
            "worth": round(item.gain.worth, 4),
            "worth_least": item.gain.lower_bound,
            "worth_most": item.gain.upper_bound,
            "certainty": words(item.gain.certainty.value),
        }
        for item in worths
    ]


def build_scarcity_lines(worths: Sequence[Worth], words: Words) -> list[str]:
    """The table for a terminal."""
    rows = to_texts([_row(item, words) for item in worths])
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
        f"{names[key]} ({words.number(price, 2)})" for key, price in dearest if price > SLACK
    )
    return words("one more expected person is worth most at (estimate): {names}", names=told)


def build_scarcity_csv(worths: Sequence[Worth], words: Words) -> bytes:
    """The table for spreadsheet programs."""
    options = words("Options")
    rows = [{**_row(item, words), options: ("", _options(item))} for item in worths]
    return to_csv(to_numbers(rows), words)


def _row(item: Worth, words: Words) -> dict[str, Cell]:
    gain = item.gain
    what, certainty = words.translate(item.what), words(gain.certainty.value)
    lower_bound = None if gain.lower_bound is None else max(0.0, gain.lower_bound)
    shown, _ = number_cell(lower_bound, words, 1)
    return {
        words("Change"): (what, what),
        words("People found"): (format_difference(gain.people, words), gain.people),
        words("People at most"): number_cell(gain.people_upper_bound, words),
        words("Worth found"): number_cell(gain.worth, words, 1),
        words("Worth at least"): (shown, number_cell(gain.lower_bound, words, 1)[1]),
        words("Worth at most"): number_cell(gain.upper_bound, words, 1),
        words("Certainty"): (certainty, certainty),
    }


def _options(item: Worth) -> str:
    return "" if item.change is None else str(item.change)
