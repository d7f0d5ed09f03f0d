"""The tables of a benchmark, as Markdown; what is compared is shown as ratios or counts."""

from collections.abc import Iterable, Sequence

from bench.run import Outcome
from bench.toptw import Known
from planner.plan import gap

WEEKEND_HEAD = (
    "weekend",
    "solver",
    "people",
    "of the best",
    "proven gap",
    "people alone",
    "rules",
    "first",
    "time",
)
TOPTW_HEAD = ("instance", "vans", "solver", "value", "of best known", "proven gap", "rules", "time")
SUMMARY_HEAD = ("solver", "mean gap to best known", "optimal", "no sound plan", "bound too low")

Row = Sequence[str]


def table(head: Row, rows: Iterable[Row]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def weekend_rows(name: str, outcomes: dict[str, Outcome], seconds: float) -> list[Row]:
    """A row for each solver: people, share of the most found, gaps, and times as shares."""
    best = max((outcome.people or 0 for outcome in outcomes.values()), default=0)
    return [
        (
            name,
            solver,
            "-" if outcome.people is None else str(outcome.people),
            _share(outcome.people, best),
            _gap(gap(outcome.bound, outcome.objective or 0.0)),
            _gap(gap(outcome.people_bound, outcome.people or 0)),
            _rules(outcome),
            "-" if outcome.first_s is None else f"{outcome.first_s / seconds:.2f}",
            f"{outcome.spent_s / seconds:.2f}",
        )
        for solver, outcome in outcomes.items()
    ]


def toptw_rows(known: Known, outcomes: dict[str, Outcome], seconds: float) -> list[Row]:
    """A row for each solver on a public instance."""
    return [
        (
            known.name,
            str(known.num_vans),
            solver,
            "-" if outcome.objective is None else f"{outcome.objective:.0f}",
            _share(outcome.objective, known.best),
            "optimal" if outcome.optimal else _gap(gap(outcome.bound, outcome.objective or 0.0)),
            _rules(outcome),
            f"{outcome.spent_s / seconds:.2f}",
        )
        for solver, outcome in outcomes.items()
    ]


def summary_row(solver: str, runs: Sequence[tuple[Known, Outcome]]) -> Row:
    """A solver over all public instances: means and counts."""
    gaps = [1 - (outcome.objective or 0.0) / known.best for known, outcome in runs]
    optimal = sum(outcome.optimal for _, outcome in runs)
    unsound = sum(not outcome.feasible for _, outcome in runs)
    low = sum(
        outcome.bound is not None and outcome.bound < known.best - 1e-6 for known, outcome in runs
    )
    mean = sum(gaps) / max(1, len(gaps))
    return (solver, f"{mean:.2%}", f"{optimal} of {len(runs)}", str(unsound), str(low))


def compilation(seconds: dict[str, float]) -> str:
    """What was compiled, or loaded where it was compiled before, apart from all solve times."""
    spent = [f"{solver} {spent_s:.1f} s" for solver, spent_s in seconds.items() if spent_s]
    return f"Compiled or loaded before: {', '.join(spent) or 'nothing'}."


def _share(value: float | None, best: float) -> str:
    return "-" if value is None or not best else f"{value / best:.4f}"


def _gap(share: float | None) -> str:
    return "-" if share is None else f"{share:.2%}"


def _rules(outcome: Outcome) -> str:
    if outcome.people is None:
        return "no plan"
    return "kept" if outcome.feasible else "broken"
