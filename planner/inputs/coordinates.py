"""Coordinates as people copy them: degrees and minutes, pairs, and links to maps."""

import re
from dataclasses import replace

from planner.errors import Mistake
from planner.i18n.messages import say
from planner.inputs.characters import clean_text, plain_signs
from planner.inputs.table import RawRow, Table

_NUMBER = r"[+-]?\d+[.,]\d+"
_DEGREES = r"""
    (?P<before>LS|LU|BT|BB|[NSEWU])?\s*
    (?P<degrees>[+-]?\d+(?:[.,]\d+)?)\s*(?:°|º|\bderajat\b)?\s*
    (?:(?P<minutes>\d+(?:[.,]\d+)?)\s*'\s*(?:(?P<seconds>\d+(?:[.,]\d+)?)\s*(?:"|''))?)?\s*
    (?P<behind>LS|LU|BT|BB|[NSEWU])?
"""
_ANGLE = re.compile(_DEGREES, re.VERBOSE | re.IGNORECASE)
_PAIR = re.compile(rf"\(?\s*({_NUMBER}°?)\s*[,;\s]\s*({_NUMBER}°?)\s*\)?")
_ANGLES = re.compile(r"(.*?(?:LS|LU|[NSU]))\s*[,;\s]\s*(.*(?:BT|E))", re.IGNORECASE)
_LINKS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"!3d({_NUMBER})!4d({_NUMBER})",
        rf"[?&](?:q|query|ll|destination|daddr)=(?:loc:)?({_NUMBER})(?:,|%2C)\+?({_NUMBER})",
        rf"mlat=({_NUMBER})&mlon=({_NUMBER})",
        rf"@({_NUMBER}),({_NUMBER})",
        rf"#map=\d+/({_NUMBER})/({_NUMBER})",
        rf"/({_NUMBER}),\+?({_NUMBER})",
        rf"geo:({_NUMBER}),({_NUMBER})",
    )
)
"""Where links of maps have latitude and longitude; the marked place before the middle."""

_SOUTH_OR_WEST = frozenset({"ls", "s", "bb", "w"})
_PARTS = ("minutes", "seconds")
_FULL = 60


def read_angle(value: str) -> str:
    """Degrees as a decimal number of a text such as ``6°10'31" LS``; other text as it is."""
    match = _ANGLE.fullmatch(plain_signs(value))
    if match is None:
        return value
    minutes, seconds = (float((match[name] or "0").replace(",", ".")) for name in _PARTS)
    if max(minutes, seconds) >= _FULL:
        return value
    degrees = float(match["degrees"].replace(",", "."))
    letter = (match["before"] or match["behind"] or "").casefold()
    sign = -1 if letter in _SOUTH_OR_WEST or degrees < 0 else 1
    return f"{sign * (abs(degrees) + minutes / _FULL + seconds / _FULL**2):.9g}"


def split_pair(text: str) -> tuple[str, str] | None:
    """Latitude and longitude of a text that has both; None where it has one.

    Raises
    ------
    Mistake
        Where it is a link without coordinates.
    """
    text = plain_signs(clean_text(text)).strip()
    if "://" in text or text.startswith("geo:"):
        for link in _LINKS:
            if match := link.search(text):
                return match[1], match[2]
        raise Mistake.of(
            text,
            say("is a link without coordinates"),
            say("open it, and copy the two numbers from the map, such as -6.1754, 106.8272"),
        )
    pair = _PAIR.fullmatch(text) or _ANGLES.fullmatch(text)
    return (pair[1], pair[2]) if pair else None


def part_coordinates(table: Table) -> Table:
    """The table with latitude and longitude in columns of their own, where one has both."""
    if "lat" not in table.columns and "lon" not in table.columns:
        return table
    rows = tuple(map(_part_row, table.rows))
    columns = dict.fromkeys(column for row in rows for column in row.cells)
    added = [name for name in ("lat", "lon") if name in columns and name not in table.columns]
    return replace(
        table,
        rows=rows,
        columns=(*table.columns, *added),
        titles=(*table.titles, *added),
    )


def _part_row(row: RawRow) -> RawRow:
    for column in ("lat", "lon"):
        cell = row.cells.get(column)
        try:
            pair = split_pair(cell) if isinstance(cell, str) else None
        except Mistake:
            # Told with the other values that cannot be read.
            continue
        if pair is not None:
            return replace(row, cells={**row.cells, "lat": pair[0], "lon": pair[1]})
    return row
