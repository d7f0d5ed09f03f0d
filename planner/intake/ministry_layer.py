"""The ministry's layer of districts: who must be recorded, who is, and where the borders are."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from planner.errors import Mistake, input_error
from planner.i18n.messages import say
from planner.intake.grid import Sheet
from planner.intake.read_source import read_source

PROVINCE, DISTRICT, REQUIRED, RECORDED = "no_prop", "no_kab", "jml_wktp", "jml_rekam_wktp"
"""Its columns: numbers of province and district, people who must hold a card, those recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """A district as the ministry counts it.

    Attributes
    ----------
    unrecorded
        People who must hold a card and are not recorded.
    shape
        Its border in degrees; None where the file has none.
    """

    unrecorded: int
    shape: BaseGeometry | None = None


def read_baselines(path: Path) -> dict[str, Baseline]:
    """Districts of the layer by their Kemendagri code, ``31.71``.

    Raises
    ------
    InputError
        Where the file cannot be read, or lacks a column.
    """
    try:
        sheets = read_source(path).sheets
    except (Mistake, OSError) as error:
        what = say("cannot be read ({reason})", reason=error)
        raise input_error(
            str(path), what, say("export the layer again as GeoJSON or CSV")
        ) from None
    for sheet in sheets:
        titles = [str(title).casefold() for title in sheet.rows[0]] if sheet.rows else []
        columns = {name: titles.index(name) for name in titles}
        if {PROVINCE, DISTRICT, REQUIRED, RECORDED} <= columns.keys():
            return dict(
                filter(None, (_row(sheet, at, columns) for at in range(1, len(sheet.rows))))
            )
    raise input_error(
        str(path),
        say("has no columns {names}", names=", ".join((PROVINCE, DISTRICT, REQUIRED, RECORDED))),
        say("take the layer of districts as the ministry publishes it"),
    )


def _row(sheet: Sheet, at: int, columns: Mapping[str, int]) -> tuple[str, Baseline] | None:
    """A district; None where its numbers are none."""
    cells = sheet.rows[at]
    try:
        province, district, required, recorded = (
            int(float(str(cells[columns[name]])))
            for name in (PROVINCE, DISTRICT, REQUIRED, RECORDED)
        )
    except (ValueError, IndexError):
        return None
    shape = sheet.shapes[at] if sheet.shapes else None
    return f"{province:02}.{district:02}", Baseline(unrecorded=required - recorded, shape=shape)
