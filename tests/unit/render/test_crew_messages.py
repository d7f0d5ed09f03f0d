"""Texts to the crews whose day has changed."""

from dataclasses import replace

from planner.analysis.itinerary import Itinerary
from planner.plan import Plan
from planner.render.crew_messages import CrewNews, compose_crew_messages
from tests.builders.horizons import horizon, result

GIVEN = horizon(language="en")
SATURDAY, SUNDAY = result().plan.routes
VENUES = {venue.id: venue for venue in GIVEN.venues}


def texts(after: Plan, time_s: int = 0, **news: object) -> dict[str, str]:
    """What crews read on Saturday at a moment."""
    told = CrewNews(
        before=result().plan,
        after=Itinerary(GIVEN, after, 2),
        venues=VENUES,
        day=SATURDAY.date,
        time_s=time_s,
        **{"stopped": {}, **news},  # type: ignore[arg-type]
    )
    return {name: text.decode() for name, text in compose_crew_messages(told).items()}


def test_a_crew_reads_what_is_cancelled_and_what_is_next() -> None:
    """The second stop of Saturday is struck out; Sunday is as it was."""
    last = SATURDAY.stops[-1]
    shorter = replace(SATURDAY, stops=SATURDAY.stops[:-1])
    (text,) = texts(Plan(routes=(shorter, SUNDAY)), reason="terkunci").values()
    assert f"*CANCELLED*: ~{VENUES[last.site_id].name}, 10:30–11:40 WIB~" in text
    assert "Sunday" not in text
    assert "Then return to" in text
    assert "Reason: terkunci" in text
    assert "The sheets of version 2 take the place of yours." in text


def test_a_crew_that_has_no_stop_left_goes_home() -> None:
    """All of Saturday is struck out, before it began."""
    (text,) = texts(Plan(routes=(SUNDAY,))).values()
    assert "No stops; the van stays at, or returns to," in text
    assert "version" not in text


def test_the_crew_of_a_van_that_cannot_drive_is_not_sent_home() -> None:
    """It records where it stands."""
    van_day = SATURDAY.van_id, SATURDAY.date
    (text,) = texts(Plan(routes=(SUNDAY,)), stopped={van_day: True}).values()
    assert "finish recording where you stand" in text
    assert "return to" not in text


def test_what_is_over_is_not_told() -> None:
    """Late on Saturday nobody is told of that day."""
    assert texts(Plan(routes=(SUNDAY,)), time_s=86399) == {}
