"""The rules of a plan, each with its code, and where a plan breaks one.

docs/errors.md lists the codes; `planner.check` decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from planner.errors import Problem
from planner.i18n.messages import Message, msgid, say
from planner.model import Depot, Site


class Rule(StrEnum):
    """Codes of rules; up to 30 of the plan itself, from 31 on of what its file says of it.

    Attributes
    ----------
    template
        What is wrong where the rule is broken, with names in braces for its values.
    remedy
        What to do about it.
    """

    template: str
    remedy: str

    def __new__(cls, code: str, template: str, remedy: str) -> "Rule":
        """A member whose value is its code."""
        rule = str.__new__(cls, code)
        rule._value_ = code
        rule.template, rule.remedy = template, remedy
        return rule

    UNKNOWN_VAN = (
        "V01",
        msgid("the van is not in the instance"),
        msgid("remove the route, or add the van"),
    )
    UNKNOWN_SITE = (
        "V02",
        msgid("the site is not in the instance"),
        msgid("remove the stop, or add the site"),
    )
    SECOND_ROUTE = ("V03", msgid("the van has two routes on this date"), msgid("keep one of them"))
    NO_SHIFT = (
        "V04",
        msgid("the van has no shift on this date"),
        msgid("remove the route, or give the van a shift"),
    )
    LEAVES_EARLY = (
        "V05",
        msgid("leaves {early_s} s before its shift opens"),
        msgid("leave later, or open the shift earlier"),
    )
    RETURNS_LATE = (
        "V06",
        msgid("returns {late_s} s after its shift closes"),
        msgid("shorten the route, or close the shift later"),
    )
    NO_ROAD = (
        "V07",
        msgid("no road leads from {origin} to {destination}"),
        msgid("choose another order or another site"),
    )
    DRIVE_TIME = (
        "V08",
        msgid("drives from {origin} to {destination} in {plan_s} s, the road takes {drive_s} s"),
        msgid("arrive when the road allows"),
    )
    CARDS = (
        "V09",
        msgid("people recorded: {people}; cards on board: {cards}"),
        msgid("record fewer people, or put more cards on board"),
    )
    STOPS = (
        "V10",
        msgid("stops: {stops}; stops allowed: {max_stops}"),
        msgid("remove stops, or raise max_stops"),
    )
    REPEATED_SITE = (
        "V11",
        msgid("the route visits the site {times} times"),
        msgid("keep one of the stops"),
    )
    MISSING_BREAK = (
        "V12",
        msgid("has not returned by {latest_s} s and takes no break"),
        msgid("plan the break, or return earlier"),
    )
    UNKNOWN_BREAK = (
        "V13",
        msgid("takes a break, but the van has none"),
        msgid("remove the break, or give the van one"),
    )
    BREAK_TIME = (
        "V14",
        msgid("starts its break at {start_s} s, not in {earliest_s} to {latest_s} s"),
        msgid("move the break into these hours"),
    )
    BREAK_WHILE_DRIVING = (
        "V15",
        msgid("drives during its break from {start_s} s"),
        msgid("take the break at a stop, while waiting or at a depot"),
    )
    VAN_CLASS = (
        "V16",
        msgid("a van of class '{van_class}' does not fit"),
        msgid("send a van of another class, or add this class to the site"),
    )
    WINDOW = (
        "V17",
        msgid("the stop from {from_s} to {until_s} s is in no open window"),
        msgid("move or shorten the stop, or ask for longer hours"),
    )
    SETUP_BEFORE_ARRIVAL = (
        "V18",
        msgid("sets up {early_s} s before it arrives"),
        msgid("set up after arrival"),
    )
    SETUP_TIME = (
        "V19",
        msgid("set-up lasts {plan_s} s, the set-up time of the site is {site_s} s"),
        msgid("make set-up exactly that long, not counting the break"),
    )
    SERVICE_TIME = (
        "V20",
        msgid("service lasts {plan_s} s, recording the people ({people}) takes {service_s} s"),
        msgid("serve longer, or record fewer people"),
    )
    PACKUP_TIME = (
        "V21",
        msgid("pack-up lasts {plan_s} s, the pack-up time of the site is {site_s} s"),
        msgid("make pack-up exactly that long, not counting the break"),
    )
    PEOPLE_OF_STOP = (
        "V22",
        msgid("people recorded: {people}; a stop may have {least} to {expected}"),
        msgid("change the number of people, or remove the stop"),
    )
    PEOPLE_OF_SITE = (
        "V23",
        msgid("people recorded by all stops: {people}; expected: {expected}"),
        msgid("record fewer people at one of its stops"),
    )
    PEOPLE_OF_SITES = (
        "V24",
        msgid(
            "people recorded by all stops there together: {people}; expected: {expected};"
            " counted twice: {excess}"
        ),
        msgid("record fewer people at some of these sites"),
    )
    STATED_PEOPLE = (
        "V31",
        msgid("says {stated}, the stops have {true}"),
        msgid("correct the number"),
    )
    STATED_OBJECTIVE = (
        "V32",
        msgid("says {stated:.4f}, it is {true:.4f}"),
        msgid("correct the number, or verify with the instance that was solved"),
    )
    STATED_BOUND = (
        "V33",
        msgid("says {stated:.4f}, the plan has {true:.4f}"),
        msgid("give a bound that is proven, or null"),
    )
    STATED_PEOPLE_BOUND = (
        "V34",
        msgid("says {stated}, the plan records {true} people"),
        msgid("give a bound that is proven, or null"),
    )
    STATED_GAP = (
        "V35",
        msgid("says {stated}, bound and objective give {true}"),
        msgid("correct the number, or give null without a bound"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A rule that a plan breaks, and where.

    Attributes
    ----------
    van_id, day
        Of the route, or None where the rule is of no single route.
    site_id
        Of the stop, or None where the rule is of no single site.
    key
        Of the plan file whose value is not so, for the rules from 31 on.
    values
        Of the names in the rule's template; places are the objects of the instance.
    """

    rule: Rule
    van_id: str | None = None
    day: date | None = None
    site_id: str | None = None
    key: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def problem(
        self,
        site_names: Mapping[str, str] | None = None,
        depot_names: Mapping[str, str] | None = None,
    ) -> Problem:
        """The violation in words; sites and depots by their names, or by their ids."""
        sites, depots = site_names or {}, depot_names or {}

        def name(value: object) -> object:
            match value:
                case tuple():
                    return ", ".join(str(name(item)) for item in value)
                case Site(id=site_id):
                    return sites.get(site_id, site_id)
                case Depot(id=depot_id):
                    return depots.get(depot_id, depot_id)
            return value

        values = {key: name(value) for key, value in self.values.items()}
        site = self.site_id and sites.get(self.site_id, self.site_id)
        where: str = say("site {site}", site=site) if site else self.key
        if "sites" in values:
            where = say("sites {sites}", sites=values["sites"])
        if self.van_id is not None:
            where = say("van {van} {day}", van=self.van_id, day=self.day)
            where = say("{where} site {site}", where=where, site=site) if site else where
        return Problem(
            where=where,
            what=say(self.rule.template, **values),
            remedy=say(self.rule.remedy),
            rule=self.rule.value,
        )

    @property
    def message(self) -> Message:
        """Where, what and remedy in one line, places by their ids."""
        return self.problem().message

    def __str__(self) -> str:
        return self.message
