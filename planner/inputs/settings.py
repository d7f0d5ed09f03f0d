"""The settings of planner.toml, with their defaults and where those come from."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    create_model,
)

from planner.district import HOURS_EAST, VAN_HOUR_COST, WAYS, Decay, Way
from planner.errors import Mistake, suggest
from planner.i18n.language import DEFAULT_LANGUAGE, LANGUAGES
from planner.i18n.messages import msgid, say
from planner.inputs.cell_values import (
    AtLeastOneTimes,
    Count,
    NotNegative,
    People,
    Positive,
    Regency,
    Share,
    Text,
    Versions,
    Worth,
    as_decimal,
    as_text,
    to_seconds,
)
from planner.inputs.hours import DAY_NAMES, day_number, parse_hours, parse_shift
from planner.travel.profile import SPEED_KMH
from planner.units import MINUTE_S
from planner.venues import SERVICES, VENUE_TYPES, Service, VenueType

EVERY_DAY = range(7)

_KEY = re.compile("[a-z][a-z0-9_]*")
_URL = re.compile(r"postgresql://([^:/@\s]+@)?[^:@\s]*(:\d+)?/[^@\s]+")


def _name(value: object) -> str:
    text = as_text(value)
    if not text:
        raise Mistake(say("is blank"), say("write it in quotes"))
    return text


def _one_of(*words: str) -> AfterValidator:
    def check(text: str) -> str:
        if text not in words:
            raise Mistake.of(text, say("is unknown"), say("use {names}", names=", ".join(words)))
        return text

    return AfterValidator(check)


def _day_names(names: object) -> tuple[str, ...]:
    if not isinstance(names, list | tuple) or not names:
        raise Mistake.of(
            names, say("is not a list of days"), say('write for example ["Sab", "Min"]')
        )
    return tuple(dict.fromkeys(DAY_NAMES[day_number(str(name))] for name in names))


def _readable(parse: Callable[[str, range], object]) -> BeforeValidator:
    """Keeps a text that can be read on any day."""

    def check(value: object) -> str:
        text = as_text(value)
        parse(text, EVERY_DAY)
        return text

    return BeforeValidator(check)


def _highways(speeds: dict[str, float]) -> dict[str, float]:
    for name in speeds:
        if name not in SPEED_KMH:
            fault = say("is not a type of road that vans use")
            raise Mistake.of(name, fault, suggest(name, SPEED_KMH))
    return speeds


def _decay(value: object) -> Decay | dict[float, float]:
    if isinstance(value, Mapping) and value:
        shares = {
            as_decimal(metres, minimum=0): as_decimal(share, minimum=0, maximum=1)
            for metres, share in value.items()
        }
        shares = dict(sorted(shares.items()))
        for (_, nearer), (metres, share) in pairwise(shares.items()):
            if share > nearer:
                raise Mistake.of(
                    f"{metres:g}",
                    say("has a larger share than a shorter walk"),
                    say("let the share fall with the metres"),
                )
        return shares
    if not isinstance(value, str) or value not in list(Decay):
        raise Mistake.of(
            value,
            say("is not a decay"),
            say(
                "use {names}, or a table of metres and shares as in docs/demand.md",
                names=", ".join(Decay),
            ),
        )
    return Decay(value)


HoursText = Annotated[str, _readable(parse_hours)]
ShiftText = Annotated[str, _readable(parse_shift)]
HighwaySpeeds = Annotated[dict[str, Positive], AfterValidator(_highways)]


def setting(default: Any, description: str) -> Any:
    """A setting that may be left out."""
    return Field(default=default, description=description)


class Section(BaseModel):
    """A part of planner.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OfficeSection(Section):
    """Who plans."""

    name: Annotated[str, BeforeValidator(_name)] = Field(
        description=msgid("Name of the office, as printed on map and sheets.")
    )
    code: Regency = Field(
        description=msgid('Kemendagri code of the kabupaten or kota, such as "31.71".')
    )
    timezone: Annotated[Text, _one_of(*HOURS_EAST)] = setting("WIB", "WIB, WITA or WIT.")
    language: Annotated[Text, _one_of(*LANGUAGES)] = setting(
        DEFAULT_LANGUAGE, "Language of map, sheets and messages: id or en."
    )
    service_days: Annotated[tuple[str, ...], BeforeValidator(_day_names)] = setting(
        ("Sab", "Min"), "Days of the week to plan for."
    )
    government: Text = setting(
        "", "Line above the name on the letterhead, such as Pemerintah Kota Bogor."
    )
    logo: Text = setting("", "PNG or JPEG file in the folder for the letterhead, such as logo.png.")
    address: Text = setting("", "Address, as printed on the letterhead.")
    phone: Text = setting("", "Telephone or WhatsApp number on letterhead and poster.")
    signer_post: Text = setting(
        "", "Position of the person who signs letters, such as Kepala Dinas."
    )
    signer: Text = setting("", "Name of the person who signs letters; blank leaves room for it.")
    signer_nip: Text = setting("", "NIP of the person who signs letters; blank leaves room for it.")


def _section_by_type(value: Any, default: Callable[[VenueType], Any]) -> Any:
    """A base of sections with a setting for each type of venue that every office has."""
    settings: dict[str, Any] = {of_type.key: (value, default(of_type)) for of_type in VENUE_TYPES}
    return create_model("SectionByType", __base__=Section, **settings)


class Turnout(_section_by_type(Share, lambda of: of.turnout)):  # type: ignore[misc]
    """Share that comes, by kind of place."""


class MinutesPerPerson(
    _section_by_type(Positive, lambda of: of.seconds_per_person / MINUTE_S)  # type: ignore[misc]
):
    """Minutes one kit needs for one person, by kind of place."""


def _section_by_service(value: Any, default: Callable[[Service], Any]) -> Any:
    """Likewise, a setting for each service."""
    settings: dict[str, Any] = {service.key: (value, default(service)) for service in SERVICES}
    return create_model("SectionByService", __base__=Section, **settings)


class ShareByService(_section_by_service(Share, lambda of: float(of.share))):  # type: ignore[misc]
    """Share of the people who want it, by service."""


class MinutesByService(
    _section_by_service(Positive, lambda of: of.seconds_per_person / MINUTE_S)  # type: ignore[misc]
):
    """Minutes for one person, by service."""


class WorthByService(_section_by_service(Worth, lambda of: of.weight)):  # type: ignore[misc]
    """What one person served is worth, by service."""


class RatesSection(Section):
    """How people come, and how fast they are recorded."""

    turnout: Turnout = setting(
        Turnout(),
        "Share of the unrecorded who come, 0 to 1. Schools: about a fifth is absent (Kota "
        "Mojokerto); points and offices are assumed. Adjust them to your tallies.",
    )
    minutes_per_person: MinutesPerPerson = setting(
        MinutesPerPerson(),
        "Minutes one kit needs for one person. Schools: two kits recorded 159 pupils in 4.5 h and "
        "202 in 5 h (Jembrana, nusabali 22089); walk-in 5 to 7 (gatra 483005).",
    )
    setup_min: NotNegative = setting(30.0, "Minutes from arrival to the first person; assumed.")
    packup_min: NotNegative = setting(20.0, "Minutes from the last person to leaving; assumed.")
    min_people: People = setting(5, "Minimum people per stop, or all who are expected.")
    min_stay_min: NotNegative = setting(
        30.0, "Minimum minutes of service per stop, so that no shorter hours are published."
    )
    learn_from: Count = setting(
        10,
        "Visits told of a kind of place before its turnout, minutes and set-up are learned from "
        "tallies; 0 = never. What a row says of its place is not changed.",
    )
    walk_m: NotNegative = setting(800.0, "Metres people walk to a point at most; assumed.")
    walk_ratio: AtLeastOneTimes = setting(
        1.3, "Metres walked per metre of straight line, 1 or more; assumed."
    )
    decay: Annotated[Any, PlainValidator(_decay)] = setting(
        Decay.ODDS,
        "How fewer people come from farther away: odds (0.84 times the odds per 100 m), step, "
        "linear, none, or a table of metres and shares; see docs/demand.md.",
    )
    worth_min: NotNegative = setting(
        15.0, "Minutes of driving one recording is worth; 0 = driving only breaks ties."
    )


class ServicesSection(Section):
    """What vans offer beside recording; who waits for a card stands in the tables."""

    share: ShareByService = setting(
        ShareByService(),
        "Share of the people who want it, 0 to 1: printed of those who wait for a card, the others "
        "of those expected for recording; 0 = not planned. Assumed.",
    )
    minutes: MinutesByService = setting(
        MinutesByService(),
        "Minutes for one person at each of a van's kits. Printing: one printer makes about 200 "
        "cards a day (Tegal), here for two kits; the others are assumed.",
    )
    worth: WorthByService = setting(
        WorthByService(), "What one person served is worth, beside one recorded; assumed."
    )
    setup_min: NotNegative = setting(10.0, "Minutes from arrival to the first person; assumed.")
    packup_min: NotNegative = setting(5.0, "Minutes from the last person to leaving; assumed.")


class HoursSection(_section_by_type(HoursText, lambda of: setting(of.hours, of.hours_note))):  # type: ignore[misc]
    """Usual hours if a row gives none; without a day they apply to the service days."""

    approved_school: HoursText | Literal[""] = setting(
        "", "Schools with permission, besides; blank = no other hours than those of schools."
    )
    van: ShiftText = setting("07.30-14.00", "Shift of a van, depot to depot.")


class BandSection(Section):
    """Hours in which drives take longer, or less."""

    hours: HoursText
    factor: Positive = 1.0
    speeds_kmh: HighwaySpeeds = {}


class RoadsSection(Section):
    """How vans drive."""

    file: Text = setting(
        "roads.osm.pbf", "OpenStreetMap extract; without one, straight lines are estimated."
    )
    factor: Positive = setting(
        1.0, "Every driving time on roads is multiplied by it; measure some drives and adjust."
    )
    snap_m: Positive = setting(300.0, "A place farther than this from a road is not reached.")
    ferries: bool = setting(False, "Whether vans take ferries; those without a duration never.")
    speeds_kmh: HighwaySpeeds = setting(
        dict(SPEED_KMH),
        "Speed by value of the tag highway, by day, lights and queues included; assumed. Those "
        "left out keep the default.",
    )
    bands: tuple[BandSection, ...] = setting(
        (), "Hours in which drives take longer, or less; docs/roads.md has an example."
    )
    straight_kmh: Positive = setting(
        18.0, "Speed where there is no road file (Transjakarta's timetable has 12 as median)."
    )
    straight_ratio: AtLeastOneTimes = setting(
        1.45, "Road metres per metre of straight line (1.30 to 1.66 on four Indonesian cities)."
    )


class SolverSection(Section):
    """How the solver searches."""

    seed: Count = setting(0, "The same seed gives the same plan.")
    time_limit_s: Positive = setting(30.0, "Time limit in seconds.")
    params: dict[str, Any] = setting(
        {}, "Tuning for experiments, such as [solver.params.pricing]; see docs/model.md."
    )


class PlansSection(Section):
    """How plans are kept."""

    keep_versions: Versions = setting(
        10, "Versions of the plan of a week that are kept; published ones always are."
    )


def _ledger_url(value: object) -> str:
    text = as_text(value)
    if text and not _URL.fullmatch(text):
        # It may hold a password, which no message repeats.
        fault = say("is not the URL of a database without a password")
        raise Mistake(fault, say("write for example postgresql://USER@HOST/DATABASE"))
    return text


class LedgerSection(Section):
    """Where tallies, permissions and imports are kept."""

    url: Annotated[str, BeforeValidator(_ledger_url)] = setting(
        "",
        "PostgreSQL database of several desks, such as postgresql://USER@HOST/DATABASE, its "
        "password in PGPASSWORD; blank = ledger.sqlite in the folder.",
    )


class LookHereSection(Section):
    """From where on the counts of the register are odd, and `planner check` says: look here."""

    adult_share: Share = setting(
        0.1,
        "Share of residents who must hold a card, above that of the whole district (86 to 90 % in"
        " some regencies, 71 % in the median: people who are not there).",
    )
    cohort_ratio: Positive = setting(
        5.0, "Residents aged 25 to 29 for each aged 0 to 4 (ten in registers with ghosts)."
    )
    recorded_share: Positive = setting(1.0, "Recorded people for each who must hold a card.")
    recorded_fall: People = setting(0, "People by which those recorded are fewer than before.")
    balance_people: People = setting(
        0, "People by which recorded and unrecorded differ from those who must hold a card."
    )
    sum_people: People = setting(
        0, "People by which the rows of rt differ from the register of their RW or kelurahan."
    )


class CampaignSection(Section):
    """What a campaign assumes of the weeks to come."""

    look_ahead: bool = setting(
        True, "Whether weekends leave easy places for later to spare lonely ones at the end."
    )
    repeat_turnout: Share = setting(
        0.5, "Share of those who were asked and stayed away that counts as if never asked; assumed."
    )
    floor: Share = setting(
        0.0,
        "Share of a kelurahan's people, 0 to 1, below which they count double; 0 = none.",
    )
    visit_weeks: People = setting(
        0,
        "Weekends without a stop after which a kelurahan's people count once more for each; "
        "0 = never.",
    )
    printers: Count = setting(1, "Printing officers; 5 days a week each.")
    cards_a_day: Count = setting(200, "Cards that each of them prints in a day (Tegal).")


def _section_by_way(value: Any, default: Callable[[Way], Any]) -> Any:
    """A base of sections with a setting for each way other than vans."""
    settings: dict[str, Any] = {way.key: (value, default(way)) for way in WAYS}
    return create_model("SectionByWay", __base__=Section, **settings)


class CostByWay(_section_by_way(NotNegative, lambda way: way.cost)):  # type: ignore[misc]
    """Rupiah for one person, by way."""


class CapacityByWay(_section_by_way(Count, lambda way: way.capacity)):  # type: ignore[misc]
    """People a week, by way."""


class WaysSection(Section):
    """What people cost without a van; a campaign says from when on that is less."""

    cost: CostByWay = setting(
        CostByWay(),
        "Rupiah for one person recorded, of cleaning for one taken off the count. Assumed, at Rp "
        "40,000 for an hour of an officer: a desk of two for 4 h and 20 people; three letters for "
        "one who comes; a home visit of two for 50 minutes (up to an hour, gatra 483005) and 30 on "
        "the way.",
    )
    capacity: CapacityByWay = setting(
        CapacityByWay(),
        "People a week. Desk: one of 4 h at 6 minutes (gatra 483005); home visit: one team of 8 h; "
        "the others are assumed.",
    )
    van_hour: NotNegative = setting(
        VAN_HOUR_COST,
        "Rupiah for an hour of a van whose row has no cost_per_h: a crew of three, car and fuel; "
        "assumed.",
    )


def _type_key(key: str) -> str:
    reserved = {"rt", "areas", "population", "register", "depots", "van", "vans", "calendar"}
    reserved |= {name for of_type in VENUE_TYPES for name in (of_type.key, of_type.table)}
    reserved |= {service.key for service in SERVICES}
    if key in reserved or not _KEY.fullmatch(key):
        raise Mistake.of(
            key,
            say("cannot be the name of a kind of place"),
            say("use another word of lowercase letters, digits and _, such as pasar"),
        )
    return key


class VenueTypeSection(Section):
    """A type of place defined by the office; its table is also called NAME."""

    like: Annotated[Text, _one_of(*(of_type.key for of_type in VENUE_TYPES))] = Field(
        description=msgid(
            "point, school or office: source of the columns and of all settings omitted here."
        )
    )
    name: Text = setting("", "What map and messages call it; blank = NAME.")
    turnout: Share | None = setting(None, "Share that comes, 0 to 1.")
    minutes_per_person: Positive | None = setting(None, "Minutes one kit needs for one person.")
    hours: HoursText | None = setting(None, "Usual hours if a row gives none.")
    public: bool | None = setting(
        None, "Whether everybody may come and is told so; blank = points yes, others no."
    )
    addressed_to: Text = setting("", "Whom letters address, such as Kepala Pasar.")

    def make_type(self, key: str, like: VenueType) -> VenueType:
        """The type of venue of this section."""
        name = self.name or key
        minutes = self.minutes_per_person
        return VenueType(
            key=key,
            table=key,
            name=name,
            plural=name,
            demand_source=like.demand_source,
            turnout=like.turnout if self.turnout is None else self.turnout,
            seconds_per_person=like.seconds_per_person if minutes is None else to_seconds(minutes),
            hours=self.hours or like.hours,
            hours_if_approved="" if self.hours else like.hours_if_approved,
            addressee=self.addressed_to or like.addressee,
            public=like.public if self.public is None else self.public,
        )


class Settings(Section):
    """All of planner.toml."""

    office: OfficeSection
    rates: RatesSection = RatesSection()
    services: ServicesSection = ServicesSection()
    hours: HoursSection = HoursSection()
    roads: RoadsSection = RoadsSection()
    solver: SolverSection = SolverSection()
    plans: PlansSection = PlansSection()
    ledger: LedgerSection = LedgerSection()
    look_here: LookHereSection = LookHereSection()
    campaign: CampaignSection = CampaignSection()
    ways: WaysSection = WaysSection()
    venue_types: dict[Annotated[str, AfterValidator(_type_key)], VenueTypeSection] = {}

    def services_offered(self) -> tuple[Service, ...]:
        """All services with these numbers."""
        given = self.services
        return tuple(
            replace(
                service,
                share=getattr(given.share, service.key),
                seconds_per_person=to_seconds(getattr(given.minutes, service.key)),
                weight=getattr(given.worth, service.key),
                setup_s=to_seconds(given.setup_min),
                packup_s=to_seconds(given.packup_min),
            )
            for service in SERVICES
        )

    def ways_of_office(self) -> tuple[Way, ...]:
        """All ways other than vans with these numbers."""
        cost, capacity = self.ways.cost, self.ways.capacity
        return tuple(
            replace(way, cost=getattr(cost, way.key), capacity=getattr(capacity, way.key))
            for way in WAYS
        )

    def types_of_venue(self) -> tuple[VenueType, ...]:
        """Those every office has with these rates and hours, then the office's own."""
        minutes = self.rates.minutes_per_person
        usual = {
            of_type.key: replace(
                of_type,
                turnout=getattr(self.rates.turnout, of_type.key),
                seconds_per_person=to_seconds(getattr(minutes, of_type.key)),
                hours=getattr(self.hours, of_type.key),
                hours_if_approved=self.hours.approved_school if of_type.has_pupils else "",
            )
            for of_type in VENUE_TYPES
        }
        own = (part.make_type(key, usual[part.like]) for key, part in self.venue_types.items())
        return (*usual.values(), *own)


SECTIONS: dict[str, type[Section]] = {
    name: field.annotation
    for name, field in Settings.model_fields.items()
    if isinstance(field.annotation, type)
}
"""Sections that every planner.toml may have, by name."""
