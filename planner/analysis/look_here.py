"""Where the numbers of a register betray people who are not there, or who are missing.

A list of units to look at, never a deletion.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from planner.analysis.origins import people_by_origin
from planner.backlog import whole_counts
from planner.district import District, RegisterCount, part_name
from planner.horizon import Horizon
from planner.i18n.messages import Message, say
from planner.plan import Plan


class RegisterTest(Enum):
    """What is looked at; the value names it in JSON and is the setting of its limit."""

    ADULT_SHARE = "adult_share"
    COHORT_RATIO = "cohort_ratio"
    RECORDED_SHARE = "recorded_share"
    RECORDED_FALL = "recorded_fall"
    BALANCE = "balance_people"
    SUM = "sum_people"


@dataclass(frozen=True, slots=True, kw_only=True)
class OddUnit:
    """A unit whose count is above the limit of a test.

    Attributes
    ----------
    measure
        As the test has it: a share, a ratio, or people.
    usual
        What the measure is compared with, where that is not the limit alone: the share in the
        district, or the other count.
    """

    count: RegisterCount
    test: RegisterTest
    measure: float
    limit: float
    usual: float = 0.0

    @property
    def message(self) -> Message:
        """One sentence that names the unit and both numbers."""
        rt = f"RT {self.count.rt}" if self.count.rt else ""
        unit = " ".join(filter(None, (self.count.kelurahan, part_name(self.count.rw), rt)))
        return say("{unit}: {what}", unit=unit, what=_SENTENCES[self.test](self))


_SENTENCES: Mapping[RegisterTest, Callable[[OddUnit], Message]] = {
    RegisterTest.ADULT_SHARE: lambda odd: say(
        "{share:.0f} % of the residents must hold a card, {usual:.0f} % in the district;"
        " are people in the register who are gone?",
        share=100 * odd.measure,
        usual=100 * odd.usual,
    ),
    RegisterTest.COHORT_RATIO: lambda odd: say(
        "{ratio:.1f} residents aged 25 to 29 for each aged 0 to 4 (limit {limit:g});"
        " are people in the register who are gone, or children missing?",
        ratio=odd.measure,
        limit=odd.limit,
    ),
    RegisterTest.RECORDED_SHARE: lambda odd: say(
        "{share:.1f} % of those who must hold a card are recorded (limit {limit:.0f} %);"
        " one of the two counts is wrong",
        share=100 * odd.measure,
        limit=100 * odd.limit,
    ),
    RegisterTest.RECORDED_FALL: lambda odd: say(
        "{people:.0f} fewer are recorded than at the count before (limit {limit:g})",
        people=odd.measure,
        limit=odd.limit,
    ),
    RegisterTest.BALANCE: lambda odd: say(
        "recorded and unrecorded differ by {people:.0f} from those who must hold a card"
        " (limit {limit:g})",
        people=odd.measure,
        limit=odd.limit,
    ),
    RegisterTest.SUM: lambda odd: say(
        "the rows of rt differ by {people:.0f} from its {usual:.0f} unrecorded (limit {limit:g})",
        people=odd.measure,
        usual=odd.usual,
        limit=odd.limit,
    ),
}


def find_odd_units(district: District) -> tuple[OddUnit, ...]:
    """Units of the register above a limit, in the order of the table and of the tests."""
    usual = _adult_share(whole_counts(district.register))
    return tuple(
        OddUnit(count=count, test=test, measure=measure, limit=limit, usual=compared)
        for count in district.register
        for test, measure, compared in _measures(district, count, usual or 0.0)
        for limit in [getattr(district.register_limits, test.value)]
        # The share is held against that of the district, all others against the limit alone.
        if round(measure - (compared if test is RegisterTest.ADULT_SHARE else 0), 9) > limit
    )


def people_of_odd_units(horizon: Horizon, plan: Plan) -> int:
    """People whom a plan records and who live in units to look at, an RT as its whole RW."""
    odd = {(unit.count.code, unit.count.rw) for unit in find_odd_units(horizon.district)}
    if not odd:
        return 0
    return sum(
        people
        for origins in people_by_origin(horizon, plan).values()
        for (code, rw), people in origins.items()
        if (code, rw) in odd or (code, "") in odd
    )


def _measures(
    district: District, count: RegisterCount, usual: float
) -> Iterator[tuple[RegisterTest, float, float]]:
    """Each test that the counts of a unit allow: its measure, and what that is compared with."""
    adults = _adult_share([count])
    if adults is not None:
        yield RegisterTest.ADULT_SHARE, adults, usual
    if count.aged_25_29 is not None and count.aged_0_4:
        yield RegisterTest.COHORT_RATIO, count.aged_25_29 / count.aged_0_4, 0
    if count.recorded is not None:
        if count.eligible:
            yield RegisterTest.RECORDED_SHARE, count.recorded / count.eligible, 0
        if count.recorded_before is not None:
            yield RegisterTest.RECORDED_FALL, count.recorded_before - count.recorded, 0
        if count.eligible is not None and count.unrecorded is not None:
            difference = abs(count.eligible - count.recorded - count.unrecorded)
            yield RegisterTest.BALANCE, difference, 0
    if count.unrecorded is not None and (parts := _parts(district, count)):
        yield RegisterTest.SUM, abs(sum(parts) - count.unrecorded), count.unrecorded


def _parts(district: District, count: RegisterCount) -> list[int]:
    """People unrecorded in the rows of `rt` that make up a unit."""
    return [
        home.unrecorded
        for home in district.neighbourhoods
        if home.code == count.code and count.rw in {"", home.rw} and count.rt in {"", home.rt}
    ]


def _adult_share(counts: Iterable[RegisterCount]) -> float | None:
    """Who must hold a card, as a share of residents; None where nobody knows."""
    told = [(c.eligible, c.people) for c in counts if c.eligible is not None and c.people]
    people = sum(people or 0 for _, people in told)
    return sum(eligible or 0 for eligible, _ in told) / people if people else None
