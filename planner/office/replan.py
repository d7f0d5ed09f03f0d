"""Planning the rest of a week on the day itself, when something has gone wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.difference import StopChange, compare_stops
from planner.district import Venue
from planner.i18n.messages import Message, say
from planner.i18n.words import Words
from planner.model import Instance, Interval
from planner.office.listener import SILENT, Listener
from planner.office.search import Search, prepare_solver
from planner.office.strike import strike_unkeepable
from planner.office.week_plan import WeekPlan, read_version, tell_after, tell_before
from planner.plan import Diversions, Plan, Route
from planner.promise import Promise, kept_promises, list_promises
from planner.render.change_text import format_changes
from planner.replan.disruption import Disruption, check_names
from planner.replan.plan_choice import MIN_GAIN, num_changes
from planner.replan.replanning import mend_plan, replan
from planner.units import MINUTE_S, iso_clock
from planner.venues import place_of

USUAL_S = 4.0
"""So that the answer is there in ten seconds, with reading and drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplannedDay:
    """A plan, what has happened, and the plan that takes its place.

    Attributes
    ----------
    after
        Its horizon is as things are from now on.
    promises, kept
        Published hours, and those of them that the new plan keeps.
    mended
        The plan before with what cannot be any more struck out.
    is_saved
        Whether the same command has written the new plan already.
    """

    before: WeekPlan
    after: WeekPlan
    disruption: Disruption
    promises: tuple[Promise, ...]
    kept: tuple[Promise, ...]
    mended: Plan
    is_saved: bool = False

    @property
    def is_new(self) -> bool:
        """Whether anything is otherwise than before."""
        before, after = self.before, self.after
        was, now = before.horizon.instance, after.horizon.instance
        return (before.plan, was.sites, was.vans) != (after.plan, now.sites, now.vans)

    @property
    def venues(self) -> Mapping[str, Venue]:
        """All places of the district, also such as cannot be visited any more, by id."""
        return self.before.horizon.district.venues_of(
            {**self.before.plan.served(), **self.after.plan.served()}
        )

    @property
    def changes(self) -> Sequence[StopChange]:
        """Stops kept, moved, cancelled and new."""
        min_stay_s = self.before.horizon.instance.min_stay_s
        return compare_stops(self.before.plan, self.after.plan, min_stay_s)

    @property
    def changed_routes(self) -> list[Route]:
        """Routes that crews must have on paper: changed, and not over, if only to go home."""
        planned, moment = set(self.before.plan.routes), self.disruption
        return [
            route
            for route in self.after.plan.routes
            if route not in planned and (route.date, route.return_s) > (moment.day, moment.time_s)
        ]


def replan_day(
    before: WeekPlan,
    disruption: Disruption,
    *,
    drafts: bool = False,
    min_gain: float | None = None,
    search: Search | None = None,
    listener: Listener = SILENT,
) -> ReplannedDay:
    """The rest of a week planned anew: what has begun stays, published hours come first.

    Parameters
    ----------
    before
        Where it breaks rules with the tables as they are now, that is struck out first.
    drafts
        Whether hours at places not yet confirmed are promises too.
    min_gain
        People that a change must bring for each changed sheet and each call; None = as usual.

    Raises
    ------
    InputError
        Where the disruption names a van or a place that is not in the plan.
    """
    horizon, search = before.horizon, search or Search()
    because = _command(disruption, search, min_gain, drafts=drafts)
    disruption = _at_all_sites(horizon.instance, disruption)
    tell_before(horizon.district, before.week, disruption.day, listener)
    tell_after(horizon.district, before.week, disruption.day, listener)
    if repeated := _repeated(before, disruption, because, drafts=drafts, listener=listener):
        return repeated
    prepare_solver(search.solver, listener)
    check_names(horizon.instance, disruption)
    able = _with_returned_vans(before, disruption)
    base = strike_unkeepable(able.horizon, before.plan, listener.notice)
    replanned = replan(
        able.horizon.instance,
        base,
        disruption,
        _list_promises(before, drafts=drafts),
        min_gain=MIN_GAIN if min_gain is None else min_gain,
        **search.arguments(USUAL_S, listener, horizon.district),
    )
    return ReplannedDay(
        before=before,
        after=WeekPlan(
            horizon=replace(horizon, instance=replanned.instance),
            result=replanned.result,
            because=because,
            planned_on=before.planned_on,
            diversions={
                **_earlier_diversions(before, replanned.result.plan),
                **replanned.diversions,
            },
        ),
        disruption=disruption,
        promises=replanned.promises,
        kept=replanned.kept,
        mended=replanned.mended,
    )


def _at_all_sites(instance: Instance, disruption: Disruption) -> Disruption:
    """A disruption that closes places for their services too."""
    closed = (site.id for site in instance.sites if place_of(site.id) in disruption.closed)
    places = disruption.closed - {place_of(site_id) for site_id in instance.site_index}
    return replace(disruption, closed=frozenset([*closed, *places]))


def format_replan(replanned: ReplannedDay, words: Words) -> list[str]:
    """What the old plan comes to, what is better, and who must be informed of what, a line each."""
    before, after = replanned.before, replanned.after
    if not replanned.is_new:
        return [words("nothing changes")]
    return [
        *map(words.translate, _against_mended(replanned)),
        words.translate(_promises(replanned)),
        *format_changes(before.plan, after.plan, replanned.changes, replanned.venues, words),
    ]


def _repeated(
    plan: WeekPlan, disruption: Disruption, because: str, *, drafts: bool, listener: Listener
) -> ReplannedDay | None:
    """What the same command did before, where the plan is what it made; else None."""
    if plan.because != because or plan.source is None:
        return None
    number = plan.source.history.planned_on
    versions = {version.number: version for version in plan.plan_folder.versions}
    if number not in versions:
        return None
    listener.notice(
        say(
            "version {number} was written by the same command; it stays as it is",
            number=plan.source.number,
        )
    )
    before = read_version(plan.horizon.district, plan.week, versions[number])
    promises = _list_promises(before, drafts=drafts)
    return ReplannedDay(
        before=before,
        after=plan,
        disruption=disruption,
        promises=promises,
        kept=kept_promises(plan.plan, promises),
        mended=mend_plan(before.horizon.instance, before.plan, disruption, promises),
        is_saved=True,
    )


def _list_promises(plan: WeekPlan, *, drafts: bool) -> tuple[Promise, ...]:
    """Published hours of a plan; those at places not yet confirmed are only where asked for."""
    unconfirmed = () if drafts else (venue.id for venue in plan.horizon.drafts(plan.plan))
    visited = {stop.site_id for _, stop in plan.plan.stops()}
    min_stay_s = plan.horizon.instance.min_stay_s
    return list_promises(plan.plan, visited - set(unconfirmed), min_stay_s)


def _earlier_diversions(before: WeekPlan, after: Plan) -> Diversions:
    """Those of drives that are in the new plan too."""
    was, now = (
        {(route.van_id, route.date): route.stops for route in plan.routes}
        for plan in (before.plan, after)
    )
    return {
        (van_id, day, order): place
        for (van_id, day, order), place in before.diversions.items()
        if was.get((van_id, day), ())[: order + 1] == now.get((van_id, day), ())[: order + 1]
    }


def _with_returned_vans(before: WeekPlan, disruption: Disruption) -> WeekPlan:
    """The plan with the shifts of vans that drive again."""
    stopped = {row.van: row for row in before.source.stopped_vans()} if before.source else {}
    instance = before.horizon.instance
    vans = tuple(
        replace(van, shifts=dict(van.shifts) | _shifts_from(stopped[van.id].shifts, disruption.day))
        if van.id in disruption.back and van.id in stopped
        else van
        for van in instance.vans
    )
    return replace(before, horizon=replace(before.horizon, instance=replace(instance, vans=vans)))


def _shifts_from(shifts: Mapping[date, Interval], day: date) -> dict[date, Interval]:
    return {when: hours for when, hours in shifts.items() if when >= day}


def _against_mended(replanned: ReplannedDay) -> Iterator[Message]:
    """The old plan without what cannot be, and what the new one brings at what price."""
    mended, plan = replanned.mended, replanned.after.plan
    before, instance = replanned.before.plan, replanned.before.horizon.instance
    people = mended.served().total()
    kept = len(kept_promises(mended, replanned.promises))
    yield say(
        "old plan with what cannot be struck out: {people} people, published hours kept: {kept}",
        people=people,
        kept=kept,
    )
    if plan != mended:
        yield say(
            "new plan: {people} people more, published hours kept: {kept} more,"
            " changed sheets and calls: {changes} more",
            people=plan.served().total() - people,
            kept=len(replanned.kept) - kept,
            changes=num_changes(instance, before, plan) - num_changes(instance, before, mended),
        )


def _promises(replanned: ReplannedDay) -> Message:
    return say(
        "published hours kept: {kept} of {promised}; this is the maximum (if direct roads are"
        " never slower than detours)",
        kept=len(replanned.kept),
        promised=len(replanned.promises),
    )


def _command(
    disruption: Disruption, search: Search, min_gain: float | None, *, drafts: bool
) -> str:
    """The command that was given, as the history of versions names it."""
    options = [
        f"--at {disruption.day}T{iso_clock(disruption.time_s + MINUTE_S // 2)}",
        *(
            f"--without-van {van}" + (f"={back}" if back else "")
            for van, back in sorted(disruption.without.items())
        ),
        *(
            f"--cannot-drive {van}" + (f"={back}" if back else "")
            for van, back in sorted(disruption.immobile.items())
        ),
        *(f"--with-van {van}" for van in sorted(disruption.back)),
        *(
            f"--late {van}={late_s // MINUTE_S}"
            for van, late_s in sorted(disruption.late_s.items())
        ),
        *(f"--close {place}" for place in sorted(disruption.closed)),
        *(f"--people {place}={people}" for place, people in sorted(disruption.people.items())),
        *(("--draft",) if drafts else ()),
        *((f"--min-gain {min_gain:g}",) if min_gain is not None else ()),
        *(
            f"--{name.removesuffix('_s').replace('_', '-')} {value}"
            for name in ("time_limit_s", "iterations", "seed")
            if (value := getattr(search, name)) is not None
        ),
    ]
    return " ".join(["replan", *options])
