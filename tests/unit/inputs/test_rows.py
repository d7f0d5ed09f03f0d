"""Models of tables follow the registry of kinds of place."""

from dataclasses import replace

from planner.inputs.rows import OfficeRow, PointRow, SchoolRow, column_name, columns_of, row_models
from planner.inputs.titles import OTHER_TITLES
from planner.venues import OFFICE, VENUE_TYPES


def test_every_type_of_venue_has_a_table() -> None:
    """Between the borders and the depots, in the order of the registry."""
    market = replace(OFFICE, key="pasar", table="pasar")
    models = row_models((*VENUE_TYPES, market))
    assert list(models) == [
        *("rt", "areas", "population", "register", "turning-17", "points", "schools"),
        *("offices", "pasar", "depots", "vans", "calendar"),
    ]
    assert (models["points"], models["schools"], models["pasar"]) == (
        PointRow,
        SchoolRow,
        OfficeRow,
    )


def test_columns_are_called_as_offices_write_them() -> None:
    """A school is named by its NPSN, a break is a break."""
    assert column_name(SchoolRow, "id") == "npsn"
    columns = columns_of(row_models()["vans"])
    assert columns["class"]
    assert not columns["break"]


def test_every_column_has_an_indonesian_title() -> None:
    """``public`` is ``umum``; npsn, ribbon and film are what both call it."""
    columns = {name for model in row_models().values() for name in columns_of(model)}
    assert columns - OTHER_TITLES.keys() == {"npsn", "ribbon", "film"}


def test_pupils_in_rt_are_counted_in_whole_people() -> None:
    """Half of 25 is 12, to the even neighbour."""
    row = SchoolRow.model_validate(
        {
            "npsn": "99710001",
            "name": "SMAN 1",
            "kind": "SMA",
            "lat": -7.0,
            "lon": 110.0,
            "pupils_16": 10,
            "pupils_17": 15,
            "share_in_rt": 0.5,
        }
    )
    assert (row.backlog, row.counted_in_rt) == (25, 12)
