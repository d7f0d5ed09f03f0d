"""Hours with breaks, and what people get in them, as all papers say it."""

from collections.abc import Iterable

from planner.analysis.itinerary import StopAt
from planner.analysis.public_schedule import PublicVisit
from planner.i18n.words import Words
from planner.model import Interval
from planner.venues import SERVICES


def format_visit_hours(visit: PublicVisit, words: Words) -> str:
    """Published hours and breaks: ``08.00–12.00 WIB, istirahat 11.30–12.15``."""
    return ", ".join((words.hours(*visit.hours), *format_breaks(visit.breaks, words)))


def format_service_hours(at: StopAt, words: Words) -> str:
    """Planned hours of service with the crew's break, likewise."""
    hours = words.hours(at.stop.serve_s, at.stop.packup_s)
    return ", ".join((hours, *format_breaks([at.crew_break], words)))


def format_breaks(breaks: Iterable[Interval | None], words: Words) -> list[str]:
    """Each break in words; None is none."""
    return [
        words("break {hours}", hours="\N{EN DASH}".join(map(words.clock, pause)))
        for pause in breaks
        if pause
    ]


def format_service(visit: PublicVisit | StopAt, words: Words) -> str:
    """What people get: a service, or recording and their card where the van prints."""
    if visit.venue.service:
        return words(next(of.name for of in SERVICES if of.key == visit.venue.service))
    if visit.prints:
        return words("KTP-el recording and printing")
    return words("KTP-el recording")
