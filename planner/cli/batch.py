"""The command for a province or a country: one use case for many districts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.analysis.campaign import Goal
from planner.batch.job import ALL, CHANGED, FAILED, MISSING, USE_CASES, Request
from planner.cli.language import notify, translate, words
from planner.cli.option_values import COMING, choice_parser, parse_natural
from planner.cli.options import (
    FILE,
    NUMBER,
    DryRun,
    Json,
    Scenarios,
    StopBelow,
    Target,
    Until,
    Week,
    add_search_options,
    make_goal,
    option,
)
from planner.cli.output import print_result
from planner.cli.terminal_listener import terminal_listener
from planner.errors import input_error
from planner.i18n.messages import Message, join_messages, say
from planner.office.coming_week import coming_week
from planner.office.search import Search

if TYPE_CHECKING:
    from planner.batch.job_outcome import JobOutcome
    from planner.batch.lending import Lending
    from planner.batch.selection import Selected

LEND = "lend"

ITERATIONS, GAP = 20, 0.02
"""Of plans where no other limit is given: work alone, so that they are the same anywhere."""

Districts = Annotated[
    list[str],
    typer.Argument(
        metavar=say("DISTRICTS"),
        help=say("Folders of districts, folders of such folders, TOML lists, or addresses."),
        show_default=False,
    ),
]
UseCaseName = Annotated[
    str,
    typer.Argument(
        metavar="|".join(USE_CASES),
        parser=choice_parser(USE_CASES),
        help=say("What to do with every district."),
        show_default=False,
    ),
]
Output = Annotated[
    Path,
    typer.Option(
        "--output", "-o", metavar=say("FOLDER"), help=say("Folder for results and tables.")
    ),
]
Scheduler = Annotated[
    str | None,
    option("--scheduler", say("Scheduler of a cluster, such as tcp://host:8786."), say("ADDRESS")),
]
WORKERS = option(
    "--workers", say("Processes on this computer (default: one per core)."), NUMBER, parse_natural
)
MEMORY = option("--memory", say("MiB of memory that each of them may use."), NUMBER, parse_natural)
Baseline = Annotated[
    Path | None,
    option("--baseline", say("The ministry's layer of districts, to stand beside."), FILE),
]
Resume = Annotated[
    bool, option("--resume", say("Go on with a run that ended early: districts without a result."))
]
Only = Annotated[
    str | None,
    option(
        "--only",
        say("Only districts that failed, or whose files, settings or versions have changed."),
        f"{FAILED}|{CHANGED}",
        choice_parser((FAILED, CHANGED)),
    ),
]


@add_search_options(
    say("Time limit of each plan in seconds (default: none, it ends by iterations)."),
    *("solver", "gap", "iterations", "seed"),
)
def batch(
    districts: Districts,
    use_case: UseCaseName,
    *,
    week: Week = COMING,
    output: Output = Path("batch"),
    scheduler: Scheduler = None,
    workers: Annotated[int | None, WORKERS] = None,
    memory: Annotated[int | None, MEMORY] = None,
    resume: Resume = False,
    only: Only = None,
    dry_run: DryRun = False,
    scenarios: Scenarios = None,
    target: Target = None,
    until: Until = None,
    stop_below: StopBelow = None,
    baseline: Baseline = None,
    search: Search,
    as_json: Json = False,
) -> int:
    """Plan or check many districts side by side: planner batch provinsi plan --week 2026-W48.

    Results stand in batch/plan.jsonl, one line for each district, beside a table, a workbook and a
    map of all. What fails in one district stops no other. With --resume or --only, only some of
    them run again; --dry-run says which, and why. Exit code 1: some need a person.
    """
    if find_spec("distributed") is None:
        what = say("needs dask.distributed, which is not installed")
        remedy = say('install it with pip install "jemput-bola-planner[batch]"')
        raise input_error("planner batch", what, remedy)
    # Everything else works without it.
    from planner.batch import batch as batches  # noqa: PLC0415
    from planner.batch.district_list import list_districts  # noqa: PLC0415
    from planner.batch.lending import build_loans_csv  # noqa: PLC0415
    from planner.batch.rollup import save_rollup  # noqa: PLC0415
    from planner.batch.selection import select  # noqa: PLC0415
    from planner.store.atomic import write_files  # noqa: PLC0415

    request = Request(
        use_case=use_case,
        week=coming_week(Path(), is_ahead=True) if week == COMING else week,
        search=_by_work(search),
        scenarios=_read_scenarios(use_case, scenarios),
        goal=_read_goal(use_case, target, until, stop_below),
        language=words().language,
    )
    results = output / f"{use_case}.jsonl"
    selection = only or (MISSING if resume else ALL)
    selected = select(list_districts(districts), batches.read_known(results), request, selection)
    if dry_run or not selected:
        _print_selected(selected, as_json=as_json)
        return 0
    team = batches.Workers(scheduler=scheduler, count=workers, memory_mib=memory)
    with terminal_listener() as listener:
        outcomes = batches.run_batch(
            selected, request, results, selection=selection, workers=team, listener=listener
        )
        lending = batches.lend_vans(outcomes, request, team, listener) if use_case == LEND else None
    print_result(
        as_json,
        lambda: [outcome.model_dump(mode="json", exclude={"basis"}) for outcome in outcomes],
        lambda: _lines(outcomes),
    )
    if lending is not None:
        notify(_gain_line(lending))
        write_files(output, {"loans.csv": build_loans_csv(lending, words())})
    for path in (results, *save_rollup(outcomes, results, words(), baseline)):
        notify(say("results: {path}", path=path))
    return 1 if any(outcome.needs_a_person for outcome in outcomes) else 0


def _gain_line(lending: "Lending") -> Message:
    """What loans bring in all, as far as it is known."""
    least, most = lending.worth_least, lending.worth_most
    if not lending.loans or least is None or most is None:
        return say("vans lent: {count}", count=len(lending.loans))
    return say(
        "vans lent: {count}; {people:+} people found; worth {worth:+.1f}, proven between"
        " {least:+.1f} and {most:+.1f}",
        count=len(lending.loans),
        people=lending.people,
        worth=lending.worth,
        least=least,
        most=most,
    )


def _by_work(search: Search) -> Search:
    """A search that one core makes, which ends by work where no time is given."""
    search = replace(search, cores=1, processes=1)
    if search.time_limit_s is None and search.iterations is None:
        search = replace(search, iterations=ITERATIONS)
        search = replace(search, gap=GAP if search.gap is None else search.gap)
    return search


def _read_scenarios(use_case: str, path: Path | None) -> str:
    if (use_case == "whatif") != (path is not None):
        what = say("goes with whatif, and whatif with it")
        raise input_error("--scenarios", what, say("give both or none"))
    return "" if path is None else path.read_text(encoding="utf-8")


def _read_goal(
    use_case: str, target: float | None, until: date | None, stop_below: float | None
) -> Goal:
    goal = make_goal(target, until, stop_below)
    if goal is not None and use_case != "campaign":
        given = {"--target": target, "--until": until, "--stop-below": stop_below}
        name = next(name for name, value in given.items() if value is not None)
        raise input_error(name, say("goes with campaign alone"), say("leave it out"))
    return goal or Goal()


def _print_selected(selected: "Sequence[Selected]", *, as_json: bool) -> None:
    """Which districts would run, and why."""
    if not selected:
        notify(say("nothing to do: every district has its result"))
    print_result(
        as_json,
        lambda: [
            {"district": each.district.name, "because": [translate(why) for why in each.reasons]}
            for each in selected
        ],
        lambda: [
            say("{name}: {reasons}", name=each.district.name, reasons=join_messages(each.reasons))
            for each in selected
        ],
    )


def _lines(outcomes: "Sequence[JobOutcome]") -> list[str]:
    """A line for each district that came to nothing, and how many there are of each state."""
    states = Counter(words()(outcome.state) for outcome in outcomes)
    return [
        *(
            say("{name}: {problem}", name=each.district, problem=each.messages[0])
            for each in outcomes
            if not each.is_done and each.messages
        ),
        *(say("{what}: {count}", what=state, count=count) for state, count in states.items()),
    ]
