"""What most use cases begin with: the horizon of a week, and the plan made for it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from planner.analysis.itinerary import Itinerary
from planner.analysis.sensitivity import people_at_ends, people_by_decay
from planner.analysis.summary import Summary, summarise_plan
from planner.check import violations, with_plan
from planner.district import District, Office, Venue
from planner.errors import MissingPlanError, NoSitesError, NothingToPlanError, input_error
from planner.formats import StoppedVanRow
from planner.horizon import Horizon, build_horizon, service_dates
from planner.i18n.messages import Message, say, say_n
from planner.office.history import open_district
from planner.office.listener import SILENT, Listener
from planner.plan import Diversions, Plan, Result, withdraw_bounds
from planner.store.plan_folder import PlanFolder
from planner.store.user_cache import user_cache
from planner.store.version import Version
from planner.store.week_writer import settle_week
from planner.units import iso_clock


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPlan:
    """The horizon of a week and a plan for it.

    Attributes
    ----------
    because
        The command that made it, such as ``plan --keep``; the history of versions names it.
    planned_on
        Number of the version in force when it was read, or when planning began; None = there was
        none.
    source
        The version that it was read from; None = it is a new plan.
    diversions
        Where vans were that have been sent elsewhere on their way.
    whole
        The plan with its past, where this is what is left of it after a change on the day itself.
    """

    horizon: Horizon
    result: Result
    because: str = "plan"
    planned_on: int | None = None
    source: Version | None = None
    diversions: Diversions = field(default_factory=dict)
    whole: "WeekPlan | None" = None

    @property
    def week(self) -> str:
        """ISO week, ``2026-W48``."""
        return self.horizon.week

    @property
    def plan(self) -> Plan:
        """The routes."""
        return self.result.plan

    def with_plan(self, plan: Plan) -> "WeekPlan":
        """Another plan for the same horizon; nothing is proven of it."""
        result = with_plan(self.horizon.instance, self.result, plan)
        return replace(self, result=withdraw_bounds(result))

    @property
    def changed(self) -> bytes | None:
        """What differed from the tables since the day itself, when the plan was read."""
        return self.source.read_changed() if self.source else None

    @property
    def stopped_vans(self) -> tuple[Message, ...]:
        """Which vans do not drive any more since the day itself, until said otherwise."""
        rows = self.source.stopped_vans() if self.source else ()
        return tuple(_stopped(row) for row in rows)

    @property
    def changed_at(self) -> datetime | None:
        """When the plan was changed on the day itself, by the office's clock; None = it was not."""
        if self.source is None or not self.source.has_changes:
            return None
        told = (version.told_at for version in self.plan_folder.versions)
        return max((moment for moment in told if moment is not None), default=None)

    @property
    def itinerary(self) -> Itinerary:
        """The plan with the names and drives behind it."""
        number = self.source.number if self.source else None
        return Itinerary(self.horizon, self.plan, number, self._moment, self.diversions)

    @property
    def _moment(self) -> datetime | None:
        """When the version was decided; never later than it was written."""
        if self.source is None:
            return None
        written = self.horizon.district.office.clock(self.source.written)
        told = self.source.told_at
        return min(written, told.replace(tzinfo=written.tzinfo)) if told else written

    @property
    def summary(self) -> Summary:
        """What the plan comes to, also where people come otherwise than it assumes."""
        by_decay = people_by_decay(self.horizon, self.plan)
        at_ends = people_at_ends(self.horizon, self.plan)
        summary = summarise_plan(self.horizon, self.result, self.diversions)
        return replace(summary, by_decay=by_decay, at_ends=at_ends)

    @property
    def plan_folder(self) -> PlanFolder:
        """Where the plan of the week lies."""
        return PlanFolder.of_week(self.horizon.district.folder, self.week)

    @property
    def venues(self) -> dict[str, Venue]:
        """Places that can be visited, by id."""
        return {venue.id: venue for venue in self.horizon.venues}


def open_horizon(
    district: District, week: str, *, cache: Path | None = None, listener: Listener = SILENT
) -> Horizon:
    """A week of a district in which at least one van and one place can be planned for.

    Parameters
    ----------
    week
        ISO week, ``2026-W48``.
    cache
        Folder in which prepared roads are kept; None = that of the user.

    Raises
    ------
    NothingToPlanError
        Where no van has a shift, or no place can be visited.
    """
    horizon = build_horizon(district, week, cache=cache or user_cache(), on_stage=listener.stage)
    if not horizon.instance.van_days:
        raise NothingToPlanError(
            say("{week}: no van has a shift; see the tables vans and calendar", week=week)
        )
    if not horizon.instance.sites:
        raise NoSitesError(district.folder, week, len(district.venues))
    return horizon


def read_week_plan(
    folder: Path, week: str, *, cache: Path | None = None, listener: Listener = SILENT
) -> WeekPlan:
    """The plan in force, with the tables as they are now; notices name those that have changed.

    Raises
    ------
    MissingPlanError
        Where the week has none.
    """
    district = open_district(folder)
    settle_week(district, week)
    plan_folder = PlanFolder.of_week(folder, week)
    version = plan_folder.current
    if version is None:
        raise MissingPlanError(folder, week)
    plan = read_version(district, week, version, cache=cache, listener=listener)
    for name in version.stale_inputs(district):
        listener.notice(say("{name}: changed since the plan was made; plan again", name=name))
    for message in plan.stopped_vans:
        listener.notice(message)
    if path := plan_folder.edited_plan():
        listener.notice(
            say(
                "{path}: edited by hand; version {number} holds until planner repair has checked"
                " the edited plan",
                path=path,
                number=version.number,
            )
        )
    return plan


def _stopped(row: StoppedVanRow) -> Message:
    since = f"{row.since} {iso_clock(row.since_s)}"
    if row.back is not None:
        return say(
            "van {van}: does not drive from {since} until {back}",
            van=row.van,
            since=since,
            back=row.back,
        )
    return say(
        "van {van}: does not drive since {since}; replan --with-van {van} once it does",
        van=row.van,
        since=since,
    )


def read_version(
    district: District,
    week: str,
    version: Version,
    *,
    cache: Path | None = None,
    listener: Listener = SILENT,
) -> WeekPlan:
    """A version of the plan of a week, with the tables as they are now."""
    horizon = changed_horizon(district, week, version, cache=cache, listener=listener)
    return WeekPlan(
        horizon=horizon,
        result=version.read_result(),
        because=version.history.because,
        planned_on=version.number,
        source=version,
        diversions=version.diversions(horizon.instance),
    )


def read_valid_plan(
    folder: Path, week: str, *, cache: Path | None = None, listener: Listener = SILENT
) -> WeekPlan:
    """The plan in force, which nobody should act on where it breaks a rule by now.

    Raises
    ------
    MissingPlanError
        Where the week has none.
    InputError
        Where the plan breaks a rule with the tables as they are now.
    """
    week_plan = read_week_plan(folder, week, cache=cache, listener=listener)
    if broken := violations(week_plan.horizon.instance, week_plan.plan):
        raise input_error(
            say("plan of {week}", week=week),
            say_n(
                "breaks {n} rule with the tables as they are now, {first}",
                "breaks {n} rules with the tables as they are now, first {first}",
                len(broken),
                first=broken[0].message,
            ),
            say("plan again"),
        )
    return week_plan


def changed_horizon(
    district: District,
    week: str,
    version: Version,
    *,
    cache: Path | None = None,
    listener: Listener = SILENT,
) -> Horizon:
    """The horizon that a plan was made for, with what has changed since on the day itself."""
    if version.assumes_permission:
        district = district.assuming_permission()
    horizon = open_horizon(district, week, cache=cache, listener=listener)
    return replace(horizon, instance=version.with_changes(horizon.instance))


def tell_before(district: District, week: str, day: date, listener: Listener) -> None:
    """Say so where a date lies before all service days of a week."""
    if day < min(service_dates(week, district.office.service_days)):
        listener.notice(say("{day} is before the first date of {week}", day=day, week=week))


def tell_after(district: District, week: str, day: date, listener: Listener) -> None:
    """Say so where a date lies after all service days of a week."""
    if day > max(service_dates(week, district.office.service_days)):
        listener.notice(say("{day} is after the last date of {week}", day=day, week=week))


def now_at(office: Office, now: datetime | None = None) -> datetime:
    """The moment as clocks at the office show it, whatever this computer's are set to.

    Parameters
    ----------
    now
        With a time zone; None = the present.
    """
    return office.clock(now or datetime.now(UTC))
