"""The schedule for everyone: a PDF, and posters as pictures, without any internal numbers."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from planner.analysis.itinerary import Itinerary
from planner.analysis.public_schedule import PublicVisit, public_visits
from planner.i18n.words import Words
from planner.render.escape import to_line
from planner.render.letterhead import letterhead
from planner.render.typesetting import Data, typeset_pdf, typeset_png

FORMATS = {
    "1080x1350": (1080.0, 1350.0, (28.0, 25.0, 22.0), 72.0),
    "A4": (595.276, 841.89, (15.0, 13.0, 11.5), 150.0),
}
"""Width and height in points, sizes of the text in points, pixels per inch.

The first size of the text with which all fits on one page is taken.
"""


def typeset_posters(itinerary: Itinerary, *, drafts: bool) -> dict[str, bytes]:
    """``schedule.pdf`` and ``poster-SIZE-PAGE.png``; with drafts, all of it is marked as one."""
    poster = _poster(itinerary, drafts=drafts)
    fitting = {size: _fit(poster, *paper) for size, paper in FORMATS.items()}
    page, _ = fitting["A4"]
    day = itinerary.horizon.instance.dates[0]
    return {
        "schedule.pdf": typeset_pdf("poster.typ", poster | {"page": page}, day),
        **{
            f"poster-{size}-{number}.png": picture
            for size, (_, pictures) in fitting.items()
            for number, picture in enumerate(pictures, 1)
        },
    }


def _fit(
    poster: Data, width: float, height: float, text_sizes: Sequence[float], pixels_per_inch: float
) -> tuple[Data, tuple[bytes, ...]]:
    """The page with the largest text that puts all on one, and its picture.

    Where none does, each day begins a page of its own, in the largest text.
    """
    pages = [{"size": size, "apart": False} for size in text_sizes]
    for page in [*pages, {"size": text_sizes[0], "apart": True}]:
        page |= {"width": width, "height": height}
        pictures = typeset_png("poster.typ", {**poster, "page": page}, pixels_per_inch)
        if len(pictures) == 1:
            break
    return page, pictures


def _poster(itinerary: Itinerary, *, drafts: bool) -> dict[str, Any]:
    words = itinerary.horizon.district.office.words
    visits = public_visits(itinerary, drafts=drafts)
    return {
        "language": words.language,
        "title": words("KTP-el recording near you"),
        "office": letterhead(itinerary),
        "draft": any(visit.draft for visit in visits),
        "words": {"draft": words("DRAFT"), "hours": words("Hours"), "place": words("Place")},
        "days": [
            {"day": words.long_date(day), "visits": [_row(visit, words) for visit in of_day]}
            for day, of_day in groupby(visits, key=lambda visit: visit.date)
        ],
        "advice": advice(words),
    }


def advice(words: Words) -> list[str]:
    """What people should know before they come, a sentence each."""
    return [
        words("Bring your family card (KK)."),
        words("For residents from 17 or married; from 16 you can be recorded ahead."),
        words("Free of charge."),
    ]


def _row(visit: PublicVisit, words: Words) -> dict[str, str]:
    return {
        "hours": words.hours(*visit.hours),
        "name": to_line(visit.venue.name, 80),
        "address": to_line(visit.address, 110),
        "draft": words("DRAFT") if visit.draft else "",
    }
