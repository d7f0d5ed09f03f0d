"""What an office assumes of a campaign, and its ways other than vans."""

from dataclasses import dataclass

from planner.i18n.messages import say


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRates:
    """What a campaign assumes of the weeks to come.

    Attributes
    ----------
    look_ahead
        Whether a weekend counts people by what recording them later would take.
    repeat_turnout
        Of those who were asked before and did not come, the share that counts as if never asked.
    floor, visit_weeks
        As `planner.campaign.equity.Equity` has them.
    printers, cards_a_day
        Who print the cards of the people recorded, and how many each makes on a working day.
    """

    look_ahead: bool = True
    repeat_turnout: float = 0.5
    floor: float = 0.0
    visit_weeks: int = 0
    printers: int = 1
    cards_a_day: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How an office gets people recorded, or off the count, without a van.

    Attributes
    ----------
    key
        Its word in settings.
    cost
        Rupiah for one person.
    capacity
        People a week.
    records
        Whether people are recorded; else those who need not be are taken off the count.
    """

    key: str
    name: str
    cost: float
    capacity: int
    records: bool = True


WAYS = (
    Way(key="desk", name=say("weekend desk at the kelurahan"), cost=16_000, capacity=40),
    Way(key="letter", name=say("letter of summons"), cost=19_000, capacity=100),
    Way(key="rt_list", name=say("list to the RT officers"), cost=12_000, capacity=60),
    Way(key="home_visit", name=say("home visit"), cost=107_000, capacity=6),
    Way(key="cleaning", name=say("data cleaning"), cost=7_000, capacity=200, records=False),
)
"""Those every office has; docs/inputs.md tells where the numbers are from."""


VAN_HOUR_COST = 220_000.0
