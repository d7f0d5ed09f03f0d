"""Comparing plans with changes, and valuing what could be had more of."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from math import inf
from pathlib import Path
from typing import Self

from planner import inputs
from planner.analysis.comparison import Case
from planner.analysis.gain import Worth
from planner.district import District
from planner.errors import input_error
from planner.horizon import Horizon
from planner.i18n.messages import Message, say
from planner.office.hours_left import ChangedWeek, read_changed_week
from planner.office.listener import SILENT, Listener
from planner.office.search import Search, prepare_solver
from planner.office.session import open_horizon
from planner.plan import Plan, Result
from planner.render.comparison_page import draw_comparison
from planner.render.comparison_table import build_comparison_csv
from planner.render.scarcity_table import build_scarcity_csv
from planner.replan.hours_left import HoursLeft
from planner.scenarios import (
    Draft,
    Scenario,
    apply_changes,
    scenarios_from_file,
    scenarios_from_options,
)
from planner.solvers import Limits, SolveReport, num_cores
from planner.solvers.parallel import share_plans, solve_pool
from planner.store.atomic import write_files
from planner.store.plan_folder import PlanFolder
from planner.store.solve_cache import read_report
from planner.store.user_cache import user_cache
from planner.store.version import Version
from planner.store.week_writer import settle_week
from planner.units import iso_clock
from planner.whatif.marginal_questions import marginal_questions, permission_questions
from planner.whatif.scarcity import solve_questions, value_questions
from planner.whatif.scenario_plans import (
    WITHOUT_CHANGES,
    make_case,
    seconds_in_all,
    seconds_per_scenario,
    solve_base,
    solve_scenarios,
)

BASE_S = 10.0
"""Seconds for the plan that everything is valued against, where nothing is known of it yet."""

QUIET_S = 5.0
"""Between two estimates of what is left."""

VALUING_S = 1.0
"""Seconds for each thing valued where a seed or a solver is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The plan without changes, and the plan of each scenario."""

    base: Case
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Valuation:
    """What one more of each thing is worth, most people first, by the plan there is.

    Attributes
    ----------
    prices
        What one more person at a site is worth, by its id; empty where it is not known.
    """

    horizon: Horizon
    worths: Sequence[Worth]
    prices: Mapping[str, float]


def read_scenarios(
    texts: Mapping[str, Sequence[str]],
    path: Path | None = None,
    *,
    name: str | None = None,
    apart: bool = False,
) -> tuple[Scenario, ...]:
    """The scenarios of options, and those of a TOML file.

    Parameters
    ----------
    texts
        The values of each option, by its name; together they are one scenario.
    name
        Of the scenario of the options.
    apart
        Whether each option is a scenario of its own instead.

    Raises
    ------
    InputError
        Where nothing is to change. What cannot be understood is told by `compare`, together with
        what cannot be changed.
    """
    of_file = () if path is None else scenarios_from_file(inputs.read_toml(path), path.name)
    scenarios = (*scenarios_from_options(texts, name=name, apart=apart), *of_file)
    if not scenarios:
        raise input_error(
            "planner whatif", say("no change is given"), say("give a change, such as --vans +1")
        )
    return scenarios


def compare(
    district: District,
    week: str,
    scenarios: Sequence[Scenario],
    *,
    search: Search | None = None,
    cache: Path | None = None,
    listener: Listener = SILENT,
) -> Comparison:
    """The plan of a week without changes, and the plan of each scenario, made side by side.

    Parameters
    ----------
    search
        Of each plan; None = the longer the larger the district is.
    cache
        Folder of prepared roads and of reports of solvers; None = that of the user.

    Raises
    ------
    InputError
        All that is wrong with any of the scenarios, at once.
    """
    search, cache = search or Search(), cache or user_cache()
    drafts = apply_changes(district, week, scenarios)
    horizon = _open(district, week, cache, listener)
    since = read_changed_week(horizon, cache)
    if since is not None:
        listener.notice(
            say(
                "compared is what is left from {day} {clock} on, when the plan was changed; what is"
                " past stays",
                day=since.moment.day,
                clock=iso_clock(since.moment.time_s),
            )
        )
    else:
        _tell_left_aside(horizon, listener)
    first = _Question.ask(horizon, None, since, cache)
    others = [_Question.ask(draft.build_horizon(cache), draft, since, cache) for draft in drafts]
    questions = [first, *others]
    limits = search.limits(seconds_per_scenario(horizon.instance, district.time_limit_s))
    if limits.time_limit_s is not None:
        all_s = seconds_in_all(len(scenarios), limits.time_limit_s, search.processes)
        listener.notice(say("about {all_s:.0f} s for all scenarios", all_s=all_s))
    prepare_solver(search.solver, listener)
    counter = _Count(say("scenarios planned"), len(scenarios), listener)
    plan = first.left.plan if first.left else _plan_in_force(horizon)
    past = first.left.past.served().total() if first.left else 0
    base = _solve_base(first.to_solve, plan, search, limits, cache, listener, past=past)
    reports = solve_scenarios(
        [question.to_solve for question in others],
        base,
        required=[question.required for question in others],
        solver=search.solver,
        seed=search.seed_or(district.seed),
        params=search.params_or(district),
        limits=limits,
        processes=search.processes,
        stop=listener.stop,
        on_progress=counter.show,
    )
    results = share_plans(
        [question.to_solve.instance for question in questions],
        [report.result for report in (base, *reports)],
        [question.required for question in questions],
    )
    _tell_unvisited(drafts, [question.horizon for question in others], results[1:], listener)
    own, *cases = (
        question.case(result, scenario)
        for question, result, scenario in zip(
            questions, results, [WITHOUT_CHANGES, *scenarios], strict=True
        )
    )
    return Comparison(base=own, cases=tuple(cases))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """A weekend to be planned: the whole, or what is left of it since the day itself.

    Attributes
    ----------
    required
        Ids of sites that its plan visits if it can.
    """

    horizon: Horizon
    left: HoursLeft | None = None
    required: frozenset[str] = frozenset()

    @classmethod
    def ask(
        cls, horizon: Horizon, draft: Draft | None, since: ChangedWeek | None, cache: Path
    ) -> Self:
        """The weekend that a draft makes, None = that of the tables."""
        left = None
        if since is not None:
            district = since.plan.horizon.district
            closed = since.plan.horizon.instance.site_index.keys() - horizon.instance.site_index
            if draft is not None and closed:
                # What was done there stays: it closes from now on.
                horizon = draft.reopened(closed, district).build_horizon(cache)
            left = since.hours_left(horizon, frozenset(closed))
            horizon = since.with_past_vans(replace(horizon, instance=left.whole))
        required = draft.required if draft else frozenset[str]()
        required &= horizon.instance.site_index.keys()
        return cls(horizon=horizon, left=left, required=required)

    @property
    def to_solve(self) -> Horizon:
        """The weekend with what is left to decide."""
        if self.left is None:
            return self.horizon
        return replace(self.horizon, instance=self.left.instance)

    def case(self, result: Result, scenario: Scenario) -> Case:
        """The plan with what is past."""
        if self.left is not None:
            result = self.left.join_past(result)
        return make_case(self.horizon, result, scenario)


def _tell_unvisited(
    drafts: Sequence[Draft],
    horizons: Sequence[Horizon],
    results: Sequence[Result],
    listener: Listener,
) -> None:
    """Name places that were to be visited, where no plan found does, and why none can."""
    for draft, horizon, result in zip(drafts, horizons, results, strict=True):
        reasons = {item.venue.id: item.message for item in horizon.left_out}
        for venue in draft.district.venues:
            if venue.id not in draft.required or venue.id in result.plan.served():
                continue
            if venue.id in reasons:
                reason = reasons[venue.id]
                line = say("no van can go to {name}: {reason}", name=venue.name, reason=reason)
            else:
                line = say("no plan was found with a stop at {name}", name=venue.name)
            listener.notice(line)


def save_comparison(comparison: Comparison) -> Path:
    """The page ``whatif/WEEK/comparison.html`` or ``-2``, ``-3`` …, with a table beside it.

    A page that is there already is kept; the same one again is no other page.
    """
    base, cases = comparison.base, comparison.cases
    page = draw_comparison(base, cases).encode()
    name = _free_name(base.horizon, "comparison", page)
    table = build_comparison_csv(base, cases, base.horizon.district.office.words)
    # The page comes last: a table without one is of a run that was killed.
    _save(base.horizon, {f"{name}.csv": table, f"{name}.html": page})
    return _folder(base.horizon) / f"{name}.html"


def _free_name(horizon: Horizon, name: str, page: bytes) -> str:
    """The name, or the first with a number behind it, of which there is no other page yet."""
    folder = _folder(horizon)
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(
        free
        for free in names
        if not (path := folder / f"{free}.html").exists() or path.read_bytes() == page
    )


def value_scarce(
    district: District,
    week: str,
    *,
    permissions_only: bool = False,
    search: Search | None = None,
    cache: Path | None = None,
    listener: Listener = SILENT,
) -> Valuation:
    """What one more van-day, kit, hour, open day or permission of each kind brings.

    Parameters
    ----------
    permissions_only
        Whether permissions alone are looked at.
    search, cache
        As of `compare`.
    """
    search, cache = search or Search(), cache or user_cache()
    horizon = _open(district, week, cache, listener)
    _tell_left_aside(horizon, listener)
    prepare_solver(search.solver, listener)
    with solve_pool(search.processes or num_cores(), {search.solver}, listener.stop) as pool:
        plan = _plan_in_force(horizon)
        base = _solve_base(horizon, plan, search, search.limits(BASE_S), cache, listener)
        questions = (
            tuple(permission_questions(horizon, base.result.plan, cache))
            if permissions_only
            else marginal_questions(horizon, base, cache)
        )
        reports = solve_questions(
            questions,
            base,
            horizon.instance,
            pool,
            solver=search.solver,
            seed=search.seed_or(district.seed),
            params=search.params_or(district),
            limits=None if search.is_usual else search.limits(VALUING_S),
            on_progress=_Estimate(listener).show,
            on_worth=lambda worth: listener.notice(_worth_line(worth)),
        )
    return Valuation(
        horizon=horizon,
        worths=value_questions(horizon.instance, base, questions, reports),
        prices=base.prices.sites if base.prices else {},
    )


def save_valuation(valuation: Valuation) -> Path:
    """The table ``whatif/WEEK/scarcity.csv``."""
    words = valuation.horizon.district.office.words
    files = {"scarcity.csv": build_scarcity_csv(valuation.worths, words)}
    return _save(valuation.horizon, files) / "scarcity.csv"


@dataclass(frozen=True, slots=True)
class _Count:
    """Says how many of so many are done, from none on."""

    what: Message
    count: int
    listener: Listener

    def __post_init__(self) -> None:
        self.show(0)

    def show(self, done: int) -> None:
        line = say("{what}: {done} of {count}", what=self.what, done=done, count=self.count)
        self.listener.stage(line, done / max(1, self.count))


@dataclass(slots=True)
class _Estimate:
    """Says from time to time which share of all steps is done, and how long the rest takes."""

    listener: Listener
    begin_s: float = field(default_factory=time.monotonic)
    said_s: float = -inf

    def show(self, done: int, count: int) -> None:
        now_s = time.monotonic()
        if now_s - self.said_s < QUIET_S and done < count:
            return
        self.said_s, left_s = now_s, (now_s - self.begin_s) * (count - done) / done
        line = say(
            "valuing candidates: {share:.0%}, about {left_s:.0f} s left",
            share=done / count,
            left_s=left_s,
        )
        self.listener.stage(line, done / count)


def _worth_line(worth: Worth) -> Message:
    """What is known of one thing by now."""
    gain = worth.gain
    if gain.people_upper_bound is None:
        return say("{what}: {people:+} people found", what=worth.what, people=gain.people)
    return say(
        "{what}: {people:+} people found, at most {most}",
        what=worth.what,
        people=gain.people,
        most=max(gain.people, gain.people_upper_bound),
    )


def _open(district: District, week: str, cache: Path, listener: Listener) -> Horizon:
    """The week by the tables."""
    horizon = open_horizon(district, week, cache=cache, listener=listener)
    settle_week(district, week)
    return horizon


def _solve_base(
    horizon: Horizon,
    plan: Plan | None,
    search: Search,
    limits: Limits,
    cache: Path,
    listener: Listener,
    *,
    past: int = 0,
) -> SolveReport:
    """What is known without changes; begins with the plan in force where there is one.

    Parameters
    ----------
    past
        People recorded before what is planned.
    """
    district = horizon.district
    kept = read_report(horizon.instance, plan, cache) if plan and search.is_usual else None
    base = kept or solve_base(
        horizon,
        solver=search.solver,
        seed=search.seed_or(district.seed),
        limits=limits,
        start=plan,
        stop=listener.stop,
    )
    if plan is not None and base.result.plan != plan:
        listener.notice(
            say(
                "the plan in force records {people} people; compared with is the best plan found"
                " without changes, with {base}",
                people=past + plan.served().total(),
                base=past + base.result.people,
            )
        )
    return base


def _tell_left_aside(horizon: Horizon, listener: Listener) -> None:
    """Say so where a plan was changed on the day itself and all is told by the tables."""
    folder = PlanFolder.of_week(horizon.district.folder, horizon.week)
    if (folder.current or Version(path=folder.path)).has_changes:
        listener.notice(
            say(
                "the plan of {week} was changed on the day itself; this comparison plans the"
                " whole week from the tables, without those changes",
                week=horizon.week,
            )
        )


def _plan_in_force(horizon: Horizon) -> Plan | None:
    return PlanFolder.of_week(horizon.district.folder, horizon.week).read_plan_if_any()


def _save(horizon: Horizon, files: Mapping[str, bytes]) -> Path:
    folder = _folder(horizon)
    write_files(folder, files)
    return folder


def _folder(horizon: Horizon) -> Path:
    return horizon.district.folder / "whatif" / horizon.week
