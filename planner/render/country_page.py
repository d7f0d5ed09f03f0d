"""Many districts in one table and on one map: a province, or the country."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from math import cos, radians, sqrt
from typing import Any

from shapely.geometry.base import BaseGeometry

from planner.i18n.messages import msgid
from planner.i18n.words import Words
from planner.render.html import fill_template, path_data, read_asset
from planner.render.text_table import Row, number_cell, to_csv, to_numbers, to_texts
from planner.render.workbooks import new_workbook

WIDTH, MARGIN = 1000.0, 30.0
"""Of the map, in its own units."""

LARGEST = 26.0
"""Radius of the district with most people left."""

SMALLEST = 3.0

GAP_SHOWN = 0.02
"""A plan that may be worse than the best one by more is marked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictRow:
    """One district among many; None = not known.

    Attributes
    ----------
    key
        Its name in the batch.
    name, code
        Of the office, and its Kemendagri code.
    state
        What became of it, a word of the planner.
    needs_a_person
        Whether somebody should look at it, for the reason told in ``note``.
    left_before, left
        Unrecorded people who can be reached, before and after the plan.
    people, people_bound
        Recorded by the plan, and the most that any plan can record.
    map_path
        Of its own map, from the page.
    finish
        Week in which all are recorded whom vans reach, by its campaign.
    baseline
        Unrecorded people by the ministry's layer.
    shape
        Its border, in degrees.
    """

    key: str
    name: str
    code: str
    state: str
    needs_a_person: bool
    note: str = ""
    lat: float | None = None
    lon: float | None = None
    left_before: int | None = None
    left: int | None = None
    people: int | None = None
    people_bound: float | None = None
    vans: int | None = None
    gap: float | None = None
    map_path: str = ""
    finish: str | None = None
    baseline: int | None = None
    shape: BaseGeometry | None = None

    @property
    def colour(self) -> str:
        """Name of a class of the page's style."""
        if self.needs_a_person:
            return "person"
        if self.gap is None:
            return "plain"
        return "open" if self.gap > GAP_SHOWN else "proven"


COUNTS = {
    "left_before": msgid("Left before"),
    "people": msgid("People recorded"),
    "left": msgid("Left after"),
    "vans": msgid("Vans used"),
    "baseline": msgid("Ministry's layer"),
}
"""Attributes that add up, with their headers."""

COLOURS = {
    "proven": msgid("at most 2 % from the best plan"),
    "open": msgid("not proven so near"),
    "person": msgid("needs a person"),
}
"""What the colours of discs mean; others mean nothing."""


def build_country_csv(rows: Sequence[DistrictRow], words: Words) -> bytes:
    """A line for each district."""
    return to_csv(to_numbers([_cells(row, words) for row in rows]), words)


def build_country_xlsx(rows: Sequence[DistrictRow], words: Words) -> bytes:
    """A workbook: a sheet of districts, and one of provinces."""
    target = BytesIO()
    with new_workbook(target) as workbook:
        bold = workbook.add_format({"bold": True, "text_wrap": True})
        for title, cells in (
            (words("Districts"), [_cells(row, words) for row in rows]),
            (words("Provinces"), [*_provinces(rows, words)]),
        ):
            sheet = workbook.add_worksheet(title)
            for number, values in enumerate(to_numbers(cells)):
                sheet.write_row(number, 0, values, bold if number == 0 else None)
            sheet.freeze_panes(1, 2)
            sheet.set_column(0, 0, 14)
            sheet.set_column(1, 1, 44)
            sheet.set_column(2, len(cells[0]), 12)
    return target.getvalue()


def draw_country(rows: Sequence[DistrictRow], title: str, words: Words) -> str:
    """All districts on a map, each a link to its own, and in a table; HTML without scripts."""
    placed = [row for row in rows if row.lat is not None and row.lon is not None]
    return fill_template(
        "country.html",
        words=words,
        title=title,
        style=read_asset("comparison.css"),
        total=[*_totals(rows, words)],
        map=_map(placed, words) if placed else None,
        colours={name: what for name, what in COLOURS.items() if name in {r.colour for r in rows}},
        table=to_texts([_cells(row, words) for row in rows]),
        links=[row.map_path for row in rows],
        provinces=to_texts([*_provinces(rows, words)]),
        persons=[row for row in rows if row.needs_a_person],
    )


def _cells(row: DistrictRow, words: Words) -> Row:
    gap = (
        ("–", "") if row.gap is None else (f"{words.number(100 * row.gap, 1)} %", round(row.gap, 4))
    )
    return {
        words("District"): (row.key, row.key),
        words("Office"): (row.name, row.name),
        words("State"): (words(row.state), words(row.state)),
        **{words(head): number_cell(getattr(row, name), words) for name, head in COUNTS.items()},
        words("People at most"): number_cell(row.people_bound, words),
        words("Gap"): gap,
        words("Finished in"): (row.finish or "–", row.finish or ""),
        words("Needs a person"): (row.note, row.note),
    }


def _provinces(rows: Iterable[DistrictRow], words: Words) -> Iterator[Row]:
    """Districts of each province together, by the first digits of their codes."""
    by_code: dict[str, list[DistrictRow]] = {}
    for row in rows:
        by_code.setdefault(row.code[:2] or "–", []).append(row)
    for code, members in sorted(by_code.items()):
        people = sum(row.needs_a_person for row in members)
        yield {
            words("Province"): (code, code),
            words("Districts"): (words.number(len(members)), len(members)),
            **{
                words(head): number_cell(_sum(members, name), words)
                for name, head in COUNTS.items()
            },
            words("Need a person"): (words.number(people), people),
        }


def _sum(rows: Iterable[DistrictRow], name: str) -> int | None:
    """Of those that know it; None where none does."""
    numbers = [number for row in rows if (number := getattr(row, name)) is not None]
    return sum(numbers) if numbers else None


def _totals(rows: Sequence[DistrictRow], words: Words) -> Iterator[tuple[str, str]]:
    yield words("Districts"), words.number(len(rows))
    for name, head in COUNTS.items():
        if (total := _sum(rows, name)) is not None:
            yield words(head), words.number(total)
    yield words("Need a person"), words.number(sum(row.needs_a_person for row in rows))


def _map(rows: Sequence[DistrictRow], words: Words) -> dict[str, Any]:
    """A disc for each district, its area by the people left; those in front are smaller."""
    edges = [row.shape.bounds for row in rows if row.shape is not None]
    lats = [*(row.lat or 0.0 for row in rows), *(y for edge in edges for y in edge[1::2])]
    lons = [*(row.lon or 0.0 for row in rows), *(x for edge in edges for x in edge[::2])]
    flat = cos(radians(sum(lats) / len(lats)))
    wide = max(max(lons) - min(lons), 0.01) * flat
    scale = (WIDTH - 2 * MARGIN) / max(wide, (max(lats) - min(lats)) / 0.8, 0.01)

    def place(lon: float, lat: float) -> tuple[float, float]:
        across, down = (lon - min(lons)) * flat * scale, (max(lats) - lat) * scale
        return round(MARGIN + across, 1), round(MARGIN + down, 1)

    most = max((row.left or 0 for row in rows), default=0) or 1
    discs = []
    for row in sorted(rows, key=lambda row: -(row.left or 0)):
        x, y = place(row.lon or 0.0, row.lat or 0.0)
        radius = max(SMALLEST, LARGEST * sqrt((row.left or 0) / most))
        told = f"{row.key} · {row.name}: {words.number(row.left or 0)} {row.note}"
        discs.append(
            {"x": x, "y": y, "r": round(radius, 1), "colour": row.colour, "told": told, "row": row}
        )
    borders = [
        path_data([place(*point[:2]) for point in ring] for ring in _rings(row.shape))
        for row in rows
        if row.shape is not None
    ]
    height = 2 * MARGIN + (max(lats) - min(lats)) * scale
    return {"width": WIDTH, "height": round(height, 1), "discs": discs, "borders": borders}


def _rings(shape: BaseGeometry) -> Iterator[Sequence[tuple[float, ...]]]:
    for part in getattr(shape, "geoms", [shape]):
        if part.geom_type == "Polygon":
            yield [*part.simplify(0.005).exterior.coords]
