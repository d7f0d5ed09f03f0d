"""Checks that all hours are given as clocks at the office show them."""

from collections.abc import Iterator, Mapping

from planner.inputs.cell_values import as_text
from planner.inputs.findings import Findings
from planner.inputs.hours import in_zone
from planner.inputs.settings import Settings
from planner.inputs.settings_file import GivenSettings
from planner.inputs.table import Table

HOURS = ("hours", "shift", "break")
"""Columns of tables that hold times of day."""


def check_time_zones(
    tables: Mapping[str, Table], settings: Settings, given: GivenSettings, findings: Findings
) -> None:
    """Note hours of another time zone than the office's; they would be an hour or two wrong."""
    timezone = settings.office.timezone
    for table in tables.values():
        for row in table.rows:
            for column in HOURS:
                with findings.catch(table.spot(row.number, column)):
                    in_zone(as_text(row.cells.get(column, "")), timezone)
    for name, text in _hours_of(settings):
        with findings.catch(given.spot(name)):
            in_zone(text, timezone)


def _hours_of(settings: Settings) -> Iterator[tuple[str, str]]:
    """Whole name, and text, of every setting that holds times of day."""
    yield from ((f"hours.{name}", text) for name, text in settings.hours.model_dump().items())
    yield from (
        (f"roads.bands.{n}.hours", band.hours) for n, band in enumerate(settings.roads.bands)
    )
    yield from (
        (f"venue_types.{key}.hours", part.hours or "") for key, part in settings.venue_types.items()
    )
