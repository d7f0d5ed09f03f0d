"""Kinds of place where a van can stand: one registry, from which all else follows.

Its tables, settings, scopes of the calendar, options, letters and words are made of it, so that a
new kind is one entry here, or one section ``[venue_types.NAME]`` in an office's planner.toml.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from planner.i18n.messages import say
from planner.units import MINUTE_S

_WORD = re.compile("[a-z]+")


class DemandSource(StrEnum):
    """Who comes to a place, and so whom the rows of its table count."""

    CATCHMENT = "catchment"
    """Those who live in walking distance; its rows count nobody."""
    PUPILS = "pupils"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueType:
    """A kind of place.

    Attributes
    ----------
    key
        Its word in settings and options: ``school``.
    table
        Name of its table, and its scope in the calendar: ``schools``.
    name, plural
        What the office calls one place, and several.
    turnout
        Share of the backlog that comes, where neither row nor setting says.
    seconds_per_person
        Seconds one kit needs for one person, likewise.
    hours
        Usual opening hours as planner.toml writes them, and in ``hours_note`` where from.
    hours_if_approved
        Likewise, hours that an approved place without hours in its row has besides; blank = none.
    addressee
        Whom letters to such a place address.
    public
        Whether everybody is told of it, rather than only those it has; a row may say otherwise.
    """

    key: str
    table: str
    name: str
    plural: str
    demand_source: DemandSource
    turnout: float
    seconds_per_person: int
    hours: str
    hours_note: str = ""
    hours_if_approved: str = ""
    addressee: str
    public: bool

    @property
    def is_walk_in(self) -> bool:
        """Whether those who live around it come, rather than those it has."""
        return self.demand_source is DemandSource.CATCHMENT

    @property
    def has_pupils(self) -> bool:
        """Whether its people are the pupils of a school."""
        return self.demand_source is DemandSource.PUPILS


POINT = VenueType(
    key="point",
    table="points",
    name=say("point"),
    plural=say("points"),
    demand_source=DemandSource.CATCHMENT,
    turnout=0.5,
    seconds_per_person=6 * MINUTE_S,
    hours="08.00-12.00",
    hours_note=say("Points (Madiun, Jepara and Jakarta serve 08.00-12.00 at weekends)."),
    addressee=say("Manager of the place"),
    public=True,
)
SCHOOL = VenueType(
    key="school",
    table="schools",
    name=say("school"),
    plural=say("schools"),
    demand_source=DemandSource.PUPILS,
    turnout=0.8,
    seconds_per_person=210,
    hours="Sen-Jum 07.00-14.00",
    hours_note=say("Schools; a five-day week is common."),
    addressee=say("Head of the school"),
    public=False,
)
OFFICE = VenueType(
    key="office",
    table="offices",
    name=say("office"),
    plural=say("offices"),
    demand_source=DemandSource.STAFF,
    turnout=0.7,
    seconds_per_person=6 * MINUTE_S,
    hours="Sen-Jum 08.00-15.00",
    hours_note=say("Offices."),
    addressee=say("Head of the office"),
    public=False,
)

ADDRESSEES = {
    "kelurahan": say("Lurah"),
    "lurah": say("Lurah"),
    "desa": say("Head of the village"),
    "kecamatan": say("Camat"),
    "camat": say("Camat"),
    "distrik": say("Camat"),
    "dusun": say("Head of the dusun"),
    "puskesmas": say("Head of the puskesmas"),
    "madrasah": say("Head of the madrasah"),
    "ma": say("Head of the madrasah"),
    "rw": say("Chief of the RW"),
    "rt": say("Chief of the RT"),
}
"""Whom letters to a place address, by a word of what the office calls it."""


def addressee_of(venue_type: VenueType, category: str, name: str) -> str:
    """Whom letters to a place address.

    What the office calls it decides, then, but for schools, what its name begins with, as in
    ``Balai RW 04, Kelurahan Gambir``; a kind of place with an addressee of its own has that one.
    """
    if venue_type.addressee not in {own.addressee for own in VENUE_TYPES}:
        return venue_type.addressee
    told = _WORD.findall(category.casefold())
    if not venue_type.has_pupils:
        told += _WORD.findall(name.casefold())[:2]
    return next((ADDRESSEES[word] for word in told if word in ADDRESSEES), venue_type.addressee)


VENUE_TYPES = (POINT, SCHOOL, OFFICE)
"""Those every office has, in the order in which places are read."""


RECORDING = "recorded"
"""What a van does where it offers recording; beside the keys of `SERVICES`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What a van does for people at a place beside recording them: a site of its own there.

    Attributes
    ----------
    key
        Its word in settings, and its number in tallies: ``printed``.
    word
        What stands behind the id of the place: ``cetak`` of ``T-12+cetak``.
    name
        What map and papers call it.
    share
        Share of the people who want it: of those who wait for a card, else of those who come.
    seconds_per_person
        Seconds one kit's desk needs for one person.
    weight
        What one person served is worth, beside one recorded at the same place.
    setup_s, packup_s
        Seconds before the first person and after the last.
    """

    key: str
    word: str
    name: str
    share: float
    seconds_per_person: int
    weight: float
    setup_s: int = 10 * MINUTE_S
    packup_s: int = 5 * MINUTE_S


PRINTING = Service(
    key="printed",
    word="cetak",
    name=say("card printing"),
    share=0.5,
    seconds_per_person=4 * MINUTE_S,
    weight=0.5,
)
SERVICES = (
    PRINTING,
    Service(
        key="kk", word="KK", name=say("KK"), share=0, seconds_per_person=10 * MINUTE_S, weight=0.2
    ),
    Service(
        key="kia", word="KIA", name=say("KIA"), share=0, seconds_per_person=5 * MINUTE_S, weight=0.2
    ),
    Service(
        key="ikd", word="IKD", name=say("IKD"), share=0, seconds_per_person=5 * MINUTE_S, weight=0.2
    ),
)
"""Those every office can offer; with a share of 0 nobody is expected."""

_KEYS = {service.word: service.key for service in SERVICES}


def service_site_id(place: str, service: Service) -> str:
    """Id of the site of a service at a place."""
    return f"{place}+{service.word}"


def service_of(site_id: str) -> str:
    """Key of the service of a site; empty where people are recorded."""
    return _KEYS.get(site_id.rpartition("+")[2], "") if "+" in site_id else ""


def place_of(site_id: str) -> str:
    """Id of the place that a site is at."""
    return site_id.rpartition("+")[0] if service_of(site_id) else site_id
