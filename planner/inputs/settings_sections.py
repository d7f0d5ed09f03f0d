"""The other sections of planner.toml: the office, roads, the solver, campaigns and more."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field, create_model

from planner.district import HOURS_EAST, VAN_HOUR_COST, WAYS, Way
from planner.i18n.language import DEFAULT_LANGUAGE, LANGUAGES
from planner.i18n.messages import msgid
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
)
from planner.inputs.setting_types import (
    DayNames,
    HighwaySpeeds,
    HoursText,
    LedgerUrl,
    OfficeName,
    Section,
    one_of,
    setting,
)
from planner.travel.profile import SPEED_KMH


class OfficeSection(Section):
    """Who plans."""

    name: OfficeName = Field(description=msgid("Name of the office, as printed on map and sheets."))
    code: Regency = Field(
        description=msgid('Kemendagri code of the kabupaten or kota, such as "31.71".')
    )
    timezone: Annotated[Text, one_of(*HOURS_EAST)] = setting("WIB", "WIB, WITA or WIT.")
    language: Annotated[Text, one_of(*LANGUAGES)] = setting(
        DEFAULT_LANGUAGE, "Language of map, sheets and messages: id or en."
    )
    service_days: DayNames = setting(("Sab", "Min"), "Days of the week to plan for.")
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


class BandSection(Section):
    """Hours in which drives take longer, or less."""

    hours: HoursText
    factor: Positive = 1.0
    speeds_kmh: HighwaySpeeds = Field(default={})


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


class LedgerSection(Section):
    """Where tallies, permissions and imports are kept."""

    url: LedgerUrl = setting(
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
