"""The schedule for everyone: a PDF, and posters as pictures, without any internal numbers."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from planner.analysis.itinerary import Itinerary
from planner.analysis.public_schedule import PublicVisit, public_visits
from planner.i18n.words import Words
from planner.render.escape import to_line
from planner.render.letterhead import letterhead
from planner.render.typesetting import Data, typeset_pdf, typeset_png


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterFormat:
    """A size of paper or screen.

    Attributes
    ----------
    width, height
        Points.
    text_sizes
        Sizes of the text in points; the first with which all fits on one page is taken.
    """

    width: float
    height: float
    text_sizes: tuple[float, ...]
    pixels_per_inch: float


FORMATS = {
    "1080x1350": PosterFormat(width=1080, height=1350, text_sizes=(28, 25, 22), pixels_per_inch=72),
    "A4": PosterFormat(
        width=595.276, height=841.89, text_sizes=(15, 13, 11.5), pixels_per_inch=150
    ),
}


def typeset_posters(itinerary: Itinerary, *, drafts: bool) -> dict[str, bytes]:
    """``schedule.pdf`` and ``poster-SIZE-PAGE.png``; with drafts, all of it is marked as one."""
    poster = _poster(itinerary, drafts=drafts)
    fitting = {size: _fit(poster, paper) for size, paper in FORMATS.items()}
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


def _fit(poster: Data, paper: PosterFormat) -> tuple[Data, tuple[bytes, ...]]:
    """The page with the largest text that puts all on one, and its picture.

    Where none does, each day begins a page of its own, in the largest text.
    """
    pages = [{"size": size, "apart": False} for size in paper.text_sizes]
    for page in [*pages, {"size": paper.text_sizes[0], "apart": True}]:
        page |= {"width": paper.width, "height": paper.height}
        pictures = typeset_png("poster.typ", {**poster, "page": page}, paper.pixels_per_inch)
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
