"""Sections of planner.toml about rates, services and hours, by kind of place and by service."""

from collections.abc import Callable
from typing import Any, Literal

from pydantic import create_model

from planner.district import Decay
from planner.inputs.cell_values import (
    AtLeastOneTimes,
    Count,
    NotNegative,
    People,
    Positive,
    Share,
    Worth,
)
from planner.inputs.setting_types import DecayValue, HoursText, Section, ShiftText, setting
from planner.units import MINUTE_S
from planner.venues import SERVICES, VENUE_TYPES, Service, VenueType


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
    decay: DecayValue = setting(
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
