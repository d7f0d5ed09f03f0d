"""The settings of planner.toml, with their defaults and where those come from."""

import re
from dataclasses import replace
from typing import Annotated

from pydantic import AfterValidator, Field

from planner.district import WAYS, Way
from planner.errors import Mistake
from planner.i18n.messages import msgid, say
from planner.inputs.cell_values import Positive, Share, Text, to_seconds
from planner.inputs.rates_sections import HoursSection, RatesSection, ServicesSection
from planner.inputs.setting_types import HoursText, Section, one_of, setting
from planner.inputs.settings_sections import (
    CampaignSection,
    LedgerSection,
    LookHereSection,
    OfficeSection,
    PlansSection,
    RoadsSection,
    SolverSection,
    WaysSection,
)
from planner.venues import SERVICES, VENUE_TYPES, Service, VenueType

_KEY = re.compile("[a-z][a-z0-9_]*")


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

    like: Annotated[Text, one_of(*(of_type.key for of_type in VENUE_TYPES))] = Field(
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
    venue_types: dict[Annotated[str, AfterValidator(_type_key)], VenueTypeSection] = Field(
        default={}
    )

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
