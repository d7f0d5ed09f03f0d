"""Texts for WhatsApp, one per place."""

from itertools import groupby

from planner.analysis.itinerary import Itinerary
from planner.analysis.visits import Visit, public_visits
from planner.i18n.words import Words
from planner.render.escape import to_line
from planner.render.poster import advice
from planner.render.sheets import maps_link
from planner.store.file_names import file_names

LOOK_ALIKES = str.maketrans("*_~`", "\u2217\u02cd\u223c\u02cb")
"""WhatsApp makes bold, italic, struck and typewriter letters of these characters."""


def compose_notices(itinerary: Itinerary, *, drafts: bool) -> dict[str, bytes]:
    """``text-PLACE.txt`` for each place of the schedule, with all its visits."""
    office = itinerary.horizon.district.office
    words = office.words
    visits = sorted(
        public_visits(itinerary, drafts=drafts), key=lambda visit: (visit.venue.id, visit.date)
    )
    by_place = [list(group) for _, group in groupby(visits, key=lambda visit: visit.venue.id)]
    names = file_names(f"text-{same[0].venue.name}" for same in by_place)
    return {
        f"{name}.txt": _notice(same, office.name, office.phone, words).encode()
        for name, same in zip(names, by_place, strict=True)
    }


def _notice(visits: list[Visit], office: str, phone: str, words: Words) -> str:
    venue = visits[0].venue
    lines = [
        *([words("DRAFT, not to be passed on")] if visits[0].draft else []),
        f"*{words('KTP-el recording near you')}*",
        to_whatsapp(office),
        "",
        f"*{to_whatsapp(venue.name)}*",
        to_whatsapp(visits[0].address),
        *(f"{words.long_date(visit.date)}, {words.hours(*visit.hours)}" for visit in visits),
        "",
        *advice(words),
        f"{words('Map')}: {maps_link(venue)}",
        *([f"{words('Questions')}: {to_whatsapp(phone)}"] if phone else []),
    ]
    return "\n".join([*lines, ""])


def to_whatsapp(text: str) -> str:
    """Text that shows in WhatsApp just as it was written."""
    return to_line(text).translate(LOOK_ALIKES)
