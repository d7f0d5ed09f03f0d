"""What changed, as lines, as data and on the map."""

from dataclasses import replace

from planner.difference import compare_stops
from planner.i18n.words import Words
from planner.plan import Plan
from planner.render.change_text import encode_changes, format_changes
from tests.builders.horizons import horizon, result

BEFORE = result().plan
AFTER = Plan(
    routes=(
        replace(BEFORE.routes[0], stops=BEFORE.routes[0].stops[:1]),
        replace(
            BEFORE.routes[1],
            stops=tuple(
                replace(stop, serve_s=stop.serve_s + 600) for stop in BEFORE.routes[1].stops
            ),
        ),
    )
)
VENUES = {venue.id: venue for venue in horizon().venues}


def test_lines_say_what_is_gone_and_who_must_be_told() -> None:
    """The school is cancelled, the office begins ten minutes later, the point is as before."""
    found = format_changes(
        BEFORE, AFTER, compare_stops(BEFORE, AFTER), VENUES, Words(language="en", timezone="WIB")
    )
    assert found == [
        "people: 70 -> 27",
        "stops: 3 -> 2",
        "van-hours: 6.8 -> 6.8",
        "kept: 1",
        "moved: 1",
        "  Nama O1: Sun 29/11 08:30–09:40 WIB, van A -> Sun 29/11 08:40–09:40 WIB, van A;"
        " inform: host, van A",
        "cancelled: 1",
        "  Nama S1: Sat 28/11 10:30–11:40 WIB, van A; inform: host, van A",
        "new: 0",
    ]


def test_changed_amounts_are_told() -> None:
    """The school, where fewer pupils come than were planned; its hours stay."""
    first, *others = BEFORE.routes
    fewer = replace(first.stops[0], people=5)
    after = Plan(routes=(replace(first, stops=(fewer, *first.stops[1:])), *others))
    lines = format_changes(
        BEFORE, after, compare_stops(BEFORE, after), VENUES, Words(language="en", timezone="WIB")
    )
    assert [line for line in lines if line.endswith(f"people: {first.stops[0].people} -> 5")]
    assert "kept: 3" in lines


def test_places_nobody_knows_go_by_their_id() -> None:
    """Two bare plans, without a district."""
    found = format_changes(BEFORE, AFTER, compare_stops(BEFORE, AFTER), {}, Words(language="id"))
    assert any(line.startswith("  S1: Sab 28/11 10.30–11.40, mobil A; beri tahu") for line in found)


def test_the_same_as_data() -> None:
    """Who is told stands with each change."""
    told = encode_changes(BEFORE, AFTER, compare_stops(BEFORE, AFTER), VENUES)
    assert told["people"] == [70, 27]
    gone = next(row for row in told["changes"] if row["kind"] == "cancelled")
    assert (gone["site"], gone["tell_host"], gone["tell_vans"]) == ("S1", True, ["A"])
    assert gone["after"] is None
    assert gone["before"]["date"] == "2026-11-28"
