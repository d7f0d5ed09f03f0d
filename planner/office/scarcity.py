"""Valuing what could be had more of."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from pathlib import Path

from planner.analysis.gain import Worth
from planner.district import District
from planner.horizon import Horizon
from planner.i18n.messages import Message, say
from planner.office.base_plan import (
    open_week,
    plan_in_force,
    save_whatif,
    solve_without_changes,
    tell_left_aside,
)
from planner.office.listener import SILENT, Listener
from planner.office.search import Search, prepare_solver
from planner.render.scarcity_table import build_scarcity_csv
from planner.solvers import num_cores
from planner.solvers.parallel import solve_pool
from planner.store.user_cache import user_cache
from planner.whatif.marginal_questions import marginal_questions, permission_questions
from planner.whatif.scarcity import solve_questions, value_questions

BASE_S = 10.0
"""Seconds for the plan that everything is valued against, where nothing is known of it yet."""

QUIET_S = 5.0
"""Between two estimates of what is left."""

MOST_S = 270.0
"""Seconds for all things from when they are asked for; what is known by then is told."""

VALUING_S = 1.0
"""Seconds for each thing valued where a seed or a solver is asked for."""


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
    horizon = open_week(district, week, cache, listener)
    tell_left_aside(horizon, listener)
    prepare_solver(search.solver, listener)
    begin_s = time.monotonic() if listener.begin_s is None else listener.begin_s

    def is_over() -> bool:
        return search.is_usual and time.monotonic() >= begin_s + MOST_S

    def stop() -> bool:
        return listener.stop() or is_over()

    with solve_pool(search.processes or num_cores(), {search.solver}, stop) as pool:
        plan = plan_in_force(horizon)
        base = solve_without_changes(horizon, plan, search, search.limits(BASE_S), cache, listener)
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
            on_progress=_Estimate(listener, begin_s + MOST_S if search.is_usual else inf).show,
            on_worth=lambda worth: listener.notice(_worth_line(worth)),
        )
    if is_over():
        listener.notice(
            say("the time was over before all was looked at for long; what is known is told")
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
    return save_whatif(valuation.horizon, files) / "scarcity.csv"


@dataclass(slots=True)
class _Estimate:
    """Says from time to time which share of all steps is done, and how long the rest takes."""

    listener: Listener
    ends_s: float
    begin_s: float = field(default_factory=time.monotonic)
    said_s: float = -inf

    def show(self, done: int, count: int) -> None:
        now_s = time.monotonic()
        if now_s - self.said_s < QUIET_S and done < count:
            return
        left_s = (now_s - self.begin_s) * (count - done) / done
        self.said_s, left_s = now_s, max(0.0, min(left_s, self.ends_s - now_s))
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
