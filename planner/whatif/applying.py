"""Makes the weekend of each scenario, and names everything that is wrong with any of them."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from planner.district import District
from planner.errors import InputError, Problem
from planner.horizon import Horizon, build_horizon, service_dates
from planner.i18n.messages import say
from planner.inputs import read_district
from planner.inputs.findings import Mistake
from planner.inputs.hours import DAY_NAMES
from planner.inputs.overrides import setting_key, setting_value
from planner.inputs.settings import Overrides
from planner.whatif.changes import CHANGES, Draft, day_of, with_day, without_day
from planner.whatif.conflicts import check_conflicts
from planner.whatif.scenario import Change, Scenario, check_names

KINDS = ("set", "day", *CHANGES)
"""All kinds of change, in the order in which they are made."""

SERVICE_DAYS = "office.service_days"

Reader = Callable[[Overrides], District]
"""Reads the district once more, some settings replaced."""


def build_horizons(
    district: District,
    week: str,
    scenarios: Sequence[Scenario],
    *,
    read: Reader | None = None,
    cache: Path | None = None,
) -> tuple[Horizon, ...]:
    """The weekend of each scenario, everything that follows from its changes taken along.

    Parameters
    ----------
    read
        Reads the district with other settings; None = from its folder.
    cache
        Folder in which prepared roads are kept.

    Raises
    ------
    InputError
        What is wrong with any of the scenarios, all at once.
    """
    check_names(scenarios)
    check_conflicts(scenarios)
    reader = read or (lambda overrides: read_district(district.folder, overrides))
    drafts, problems = [], []
    for scenario in scenarios:
        applied = _Applied(district, week, reader)
        for change in sorted(scenario.changes, key=lambda change: KINDS.index(change.kind)):
            try:
                applied.make(change)
            except Mistake as mistake:
                problems.append(
                    Problem(where=change.where, what=mistake.what, remedy=mistake.remedy)
                )
        drafts.append(applied)
    if problems:
        raise InputError(dict.fromkeys(problems))
    return tuple(
        build_horizon(applied.draft.district, week, dates=applied.draft.dates, cache=cache)
        for applied in drafts
    )


class _Applied:
    """A district with the changes made so far."""

    def __init__(self, district: District, week: str, read: Reader) -> None:
        self.read, self.week = read, week
        self.overrides: dict[str, object] = {}
        self.added: list[date] = []
        self.draft = Draft(
            district=district, dates=service_dates(week, district.office.service_days)
        )

    def make(self, change: Change) -> None:
        """Make one change; those of settings come first, as the district is read anew for them."""
        if change.kind == "set":
            self._set(change.text)
        elif change.kind == "day":
            self._day(change.text)
        else:
            self.draft = CHANGES[change.kind](self.draft, change.text)

    def _set(self, text: str) -> None:
        name, _, value = text.partition("=")
        key = setting_key(name)
        self.overrides[key] = setting_value(self.draft.district.settings, key, value.strip())
        district = self.read(self.overrides)
        self.draft = Draft(
            district=district, dates=service_dates(self.week, district.office.service_days)
        )

    def _day(self, text: str) -> None:
        added, day = day_of(text)
        if not added:
            self.draft = without_day(self.draft, day)
            return
        if day in self.draft.dates:
            raise Mistake(
                say("{day} is planned for already", day=day.isoformat()), say("name another date")
            )
        days = self.draft.district.office.service_days
        if day.weekday() not in days:
            # Hours that name no day hold on the service days, so on this one too.
            names = [DAY_NAMES[number] for number in (*days, day.weekday())]
            self.overrides[SERVICE_DAYS] = names
            self.draft = Draft(district=self.read(self.overrides), dates=self.draft.dates)
        self.added.append(day)
        for each in self.added:
            self.draft = with_day(self.draft, each)
