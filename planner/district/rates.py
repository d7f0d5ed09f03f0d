"""What a stop takes, how far people walk, and what visits teach of both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Decay(StrEnum):
    """How fewer people come where they have to walk farther; docs/demand.md has the formulas."""

    ODDS = "odds"
    STEP = "step"
    LINEAR = "linear"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """What a stop takes and how far people walk; sources in docs/inputs.md.

    Attributes
    ----------
    walk_m
        People walk no farther than this to a point.
    decay
        How fewer of them come from farther away: a formula, or by metres the share of turnout that
        is left, ascending.
    walk_ratio
        Metres walked per metre of straight line.
    worth_s
        Seconds of driving that one recording is worth; None = driving only breaks ties.
    min_stay_s
        No stop serves for less.
    learn_from
        So many visits of a kind of place are needed before its rates are learned; 0 = never.
    """

    setup_s: int
    packup_s: int
    min_people: int
    walk_m: float
    walk_ratio: float
    worth_s: float | None
    decay: Decay | Mapping[float, float] = Decay.ODDS
    min_stay_s: int = 0
    learn_from: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number learned from visits, and the ends of its 80 % range."""

    value: float
    low: float
    high: float
    visits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRates:
    """What visits teach of a kind of place, or of one place; None = nothing yet.

    Attributes
    ----------
    turnout
        Share of those in reach who come.
    failure
        Share of those who come whose recording fails.
    seconds_per_person
        For one kit.
    setup_s
        From arrival until the first person.
    """

    turnout: Estimate | None = None
    failure: Estimate | None = None
    seconds_per_person: Estimate | None = None
    setup_s: Estimate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedRates:
    """Rates learned from visits until a day.

    Attributes
    ----------
    kinds, places
        By kind of place, and by id of places visited.
    assumed
        Turnout and seconds per person of each kind without them; another number of a place is
        somebody's word, and stays.
    assumed_setup_s
        Likewise.
    """

    day: date
    kinds: Mapping[str, KindRates]
    places: Mapping[str, KindRates]
    assumed: Mapping[str, tuple[float, int]]
    assumed_setup_s: int
