"""Counts and settings that no district has."""

from dataclasses import replace

from shapely import box

from planner.district import Area, District
from planner.inputs.unusual_counts import unusual_counts, unusual_settings
from tests.builders.districts import district


def counted(*counts: int) -> District:
    """A row of rt for each count."""
    given = district()
    home = given.neighbourhoods[0]
    rows = (
        replace(home, rw="001", rt=f"{number:03}", unrecorded=count)
        for number, count in enumerate(counts, 1)
    )
    return replace(given, neighbourhoods=tuple(rows))


def test_a_row_with_far_more_people_than_all_others_is_told() -> None:
    """12,000 where others have 2 to 10; 99 may be, as may 100 where others have 11."""
    usual = (2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10)
    (told,) = unusual_counts(counted(*usual, 12000))
    assert "RT 012: 12000 unrecorded people in one row of rt (usually 3 to 10)" in told
    assert not list(unusual_counts(counted(*usual, 99)))
    assert list(unusual_counts(counted(*usual, 100)))
    assert not list(unusual_counts(counted(*[11] * 11, 100)))


def test_of_a_few_rows_nobody_knows_what_is_usual() -> None:
    """Nine rows."""
    assert not list(unusual_counts(counted(*[2] * 8, 12000)))


def test_a_kelurahan_with_a_border_and_without_a_row_is_told() -> None:
    """Mawar is counted, Melati is not."""
    given = counted(5)
    code = given.neighbourhoods[0].code
    areas = tuple(
        Area(code=of, name=name, rw=None, kecamatan="", shape=box(0, 0, 1, 1))
        for of, name in ((code, "Mawar"), ("99.71.01.9999", "Melati"))
    )
    (told,) = unusual_counts(replace(given, areas=areas))
    assert "no row of rt counts 1 of 2 kelurahan of areas: Melati" in told
    assert not list(unusual_counts(replace(given, areas=areas[:1])))


def test_a_setting_out_of_all_reason_is_told() -> None:
    """Two hours of set-up may be; a minute more is told."""
    given = district()
    at_limit = replace(given, rates=replace(given.rates, setup_s=7200))
    beyond = replace(given, rates=replace(given.rates, setup_s=7260))
    assert not list(unusual_settings(at_limit))
    (told,) = unusual_settings(beyond)
    assert told == "planner.toml [rates] setup_min: 121 is unusual (usually 0 to 120)"
