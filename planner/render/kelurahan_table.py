"""People recorded of each kelurahan, of several plans side by side."""

from collections.abc import Mapping, Sequence

from planner.district import District
from planner.i18n.words import Words
from planner.render.text_table import format_difference


def kelurahan_name(district: District, code: str, words: Words) -> str:
    """Name of a kelurahan; what those are called who are counted in none."""
    return district.kelurahan_name(code) if code else words("counted at places alone")


def kelurahan_rows(
    district: District, plans: Sequence[tuple[str, Mapping[str, int]]], words: Words
) -> list[list[str]]:
    """Headers, and a row for each kelurahan of which any plan records somebody.

    Nothing where people are of one kelurahan alone.

    Parameters
    ----------
    plans
        Name of each, and people by code of the kelurahan; others are held against the first.
    """
    first, *others = [people for _, people in plans]
    codes = sorted({code for _, people in plans for code, count in people.items() if count})
    if len(codes) < 2:
        return []
    return [
        [words("People recorded of"), *(name for name, _ in plans)],
        *(
            [
                kelurahan_name(district, code, words),
                words.number(first.get(code, 0)),
                *(_cell(first.get(code, 0), other.get(code, 0), words) for other in others),
            ]
            for code in codes
        ),
    ]


def _cell(before: int, people: int, words: Words) -> str:
    number = words.number(people)
    return number if people == before else f"{number} ({format_difference(people - before, words)})"
