"""Texts that break careless programs, and a weekend whose every text is one of them."""

from dataclasses import replace

from planner.horizon import Horizon
from tests.builders.horizons import horizon

TEXTS = (
    "<img src=x onerror=alert(1)>",
    "</script><b>",
    "{{7*7}}",
    "{% raise %}",
    "${1}",
    "`rm`",
    '=HYPERLINK("http://x")',
    "@SUM(1)",
    '#link("x")[*y*] $1$ \\',
    "\u202eKebalik\u200f",
    "N" * 200,
    "Balai 😀 RW",
    "ꦧꦭꦻ",
    "Baris satu\nBaris dua\ttab\x07",
    "../../x",
    "",
)


def hostile_weekend(text: str) -> Horizon:
    """The small weekend, for everybody; office, places, vans and depots all bear this text."""
    given = horizon()
    district = given.district
    venues = {
        venue.id: replace(
            venue,
            name=text or "-",
            address=text,
            contact=text,
            note=text,
            category=text,
            public=True,
        )
        for venue in district.venues
    }
    changed = replace(
        district,
        office=replace(
            district.office,
            name=text or "-",
            address=text,
            phone=text,
            signer=text,
            signer_post=text,
            signer_nip=text,
        ),
        venues=tuple(venues.values()),
        depots=tuple(replace(depot, name=text or "-") for depot in district.depots),
        vehicles=tuple(replace(vehicle, plate=text) for vehicle in district.vehicles),
        areas=tuple(replace(area, name=text or "-", kecamatan=text) for area in district.areas),
    )
    seen = tuple(venues[venue.id] for venue in given.venues)
    return replace(given, district=changed, venues=seen)
