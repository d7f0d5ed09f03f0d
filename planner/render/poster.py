"""The schedule for everyone: a PDF, and posters as pictures, without any internal numbers."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from planner.analysis.itinerary import Itinerary
from planner.analysis.public_schedule import PublicVisit, public_visits
from planner.i18n.words import Words
from planner.render.escape import to_line
from planner.render.hours_text import format_breaks, format_service
from planner.render.letterhead import letterhead
from planner.render.typesetting import Data, typeset_pdf, typeset_png
from planner.store.file_names import file_names

FORMATS = {
    "1080x1350": (1080.0, 1350.0, (28.0, 25.0, 22.0), 72.0),
    "A4": (595.276, 841.89, (15.0, 13.0, 11.5), 150.0),
}
"""Width and height in points, sizes of the text in points, pixels per inch.

The first size of the text with which all fits on one page is taken.
"""


def typeset_posters(itinerary: Itinerary, *, drafts: bool) -> dict[str, bytes]:
    """``schedule.pdf`` and ``poster-SIZE-PAGE.png``; with drafts, all of it is marked as one.

    Where places lie in several kecamatan, each has posters ``poster-KECAMATAN-SIZE-PAGE.png``.
    """
    visits = public_visits(itinerary, drafts=drafts)
    poster = _poster(itinerary, visits)
    page, _ = _fit(poster, *FORMATS["A4"])
    day = itinerary.horizon.first_date
    files = {"schedule.pdf": typeset_pdf("poster.typ", poster | {"page": page}, day)}
    kecamatan = sorted({visit.kecamatan for visit in visits})
    if len(kecamatan) == 1:
        return files | _pictures("poster", poster)
    names = file_names(f"poster-{name or itinerary.horizon.week}" for name in kecamatan)
    for name, of in zip(names, kecamatan, strict=True):
        near = [visit for visit in visits if visit.kecamatan == of]
        files |= _pictures(name, _poster(itinerary, near))
    return files


def _pictures(name: str, poster: Data) -> dict[str, bytes]:
    """A poster in every format, a picture per page, by file name."""
    return {
        f"{name}-{size}-{number}.png": picture
        for size, paper in FORMATS.items()
        for number, picture in enumerate(_fit(poster, *paper)[1], 1)
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


def _poster(itinerary: Itinerary, visits: Sequence[PublicVisit]) -> dict[str, Any]:
    words = itinerary.horizon.district.office.words
    kecamatan = {visit.kecamatan for visit in visits}
    return {
        "language": words.language,
        "title": words("KTP-el recording near you"),
        "office": letterhead(itinerary.horizon.district, itinerary.version_line),
        "draft": any(visit.draft for visit in visits),
        "words": {"draft": words("DRAFT"), "hours": words("Hours"), "place": words("Place")},
        "area": _kecamatan(kecamatan.pop(), words) if len(kecamatan) == 1 else "",
        "days": [
            {"day": words.long_date(day), "parts": _parts([*of_day], words)}
            for day, of_day in groupby(visits, key=lambda visit: visit.date)
        ],
        "advice": advice(words),
    }


def _parts(visits: Sequence[PublicVisit], words: Words) -> list[dict[str, Any]]:
    """The visits of a day by kecamatan, whose name stands above them where there are several."""
    ordered = sorted(visits, key=lambda visit: visit.kecamatan)
    parts = [
        {"area": _kecamatan(name, words), "visits": [_row(visit, words) for visit in part]}
        for name, part in groupby(ordered, key=lambda visit: visit.kecamatan)
    ]
    return parts if len(parts) > 1 else [part | {"area": ""} for part in parts]


def _kecamatan(name: str, words: Words) -> str:
    return to_line(f"{words('Kecamatan')} {name}", 60) if name else ""


def advice(words: Words, service: str = "") -> list[str]:
    """What people should know before they come, a sentence each.

    Parameters
    ----------
    service
        Key of what they come for; empty = recording, which has its ages.
    """
    ages = words("For residents from 17 or married; from 16 you can be recorded ahead.")
    return [
        words("Bring your family card (KK)."),
        *([] if service else [ages]),
        words("Free of charge."),
    ]


def _row(visit: PublicVisit, words: Words) -> dict[str, str]:
    return {
        "hours": words.hours(*visit.hours),
        "name": to_line(visit.venue.name, 80),
        "breaks": "; ".join(format_breaks(visit.breaks, words)),
        "address": to_line(visit.address, 110),
        "service": format_service(visit, words),
        "draft": words("DRAFT") if visit.draft else "",
    }
