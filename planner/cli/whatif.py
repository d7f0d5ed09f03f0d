"""The command for scenarios: what if there were a van more, a hall locked, a longer shift."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from planner import formats, inputs, solvers
from planner.cli.options import Folder, Gap, Iterations, Json, OptionalSeed, Solver, TimeLimit, Week
from planner.cli.speech import tell, words
from planner.cli.usage import natural
from planner.cli.watching import counting, interruptible, limits, prepare
from planner.cli.week import plan_folder, roads_cache, weekend_of
from planner.errors import input_error
from planner.messages import Message, say
from planner.plan import Plan
from planner.render.comparison import Case, comparison_csv, comparison_dicts, comparison_lines
from planner.render.comparison_page import comparison_page
from planner.render.words import words_of
from planner.render.writing import write_files
from planner.solvers import Limits, Study
from planner.weekend import Weekend
from planner.whatif import (
    KINDS,
    Scenario,
    base_study,
    case_of,
    scenario_studies,
    scenarios_of_file,
    scenarios_of_options,
    seconds_each,
    weekends,
)


def _option(metavar: str, text: Message) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(metavar=metavar, help=text)
    return option


Texts = list[str] | None
Vans = Annotated[Texts, _option("+1|-1|4|A=+1", say("More vans, fewer, or so many."))]
WithoutVan = Annotated[Texts, _option("A", say("This van stays at home."))]
Shift = Annotated[Texts, _option("[A=]07:00-15:00", say("Another shift."))]
Kits = Annotated[Texts, _option("[A=]3|+1", say("So many kits in a van."))]
Cards = Annotated[Texts, _option("[A=]150|+20", say("So many cards on board."))]
MaxStops = Annotated[Texts, _option("[A=]4|+1", say("Most stops of a van a day."))]
Close = Annotated[Texts, _option("PLACE[@DATE]", say("A place that is closed."))]
Open = Annotated[
    Texts,
    typer.Option("--open", metavar="PLACE[@DATE]=HOURS", help=say("A place with other hours.")),
]
Permit = Annotated[Texts, _option("PLACE", say("A place whose permission comes."))]
Refuse = Annotated[Texts, _option("PLACE", say("A place whose permission is refused."))]
Weight = Annotated[Texts, _option("PLACE=2", say("What one person of a place is worth."))]
Day = Annotated[Texts, _option("+DATE|-DATE", say("One date more, or less."))]
Turnout = Annotated[Texts, _option("[school=]0.8|x0.9", say("The share that comes."))]
Minutes = Annotated[Texts, _option("[school=]5|x1.2", say("Minutes per person and kit."))]
Setting = Annotated[
    Texts, typer.Option("--set", metavar="KEY=VALUE", help=say("Any setting of planner.toml."))
]


def whatif(
    folder: Folder,
    week: Week,
    vans: Vans = None,
    without_van: WithoutVan = None,
    shift: Shift = None,
    kits: Kits = None,
    cards: Cards = None,
    max_stops: MaxStops = None,
    close: Close = None,
    open_: Open = None,
    permit: Permit = None,
    refuse: Refuse = None,
    weight: Weight = None,
    day: Day = None,
    turnout: Turnout = None,
    minutes_per_person: Minutes = None,
    set_: Setting = None,
    scenarios: Annotated[
        Path | None,
        typer.Option(
            "--scenarios", metavar=say("FILE"), help=say("A TOML file of scenarios, with a grid.")
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar=say("NAME"), help=say("Of the scenario of the options.")),
    ] = None,
    each: Annotated[
        bool, typer.Option("--each", help=say("Every option is a scenario of its own."))
    ] = False,
    processes: Annotated[
        int | None,
        typer.Option(
            "--processes",
            parser=natural,
            metavar=say("NUMBER"),
            help=say("Solves at the same time; else one per core."),
        ),
    ] = None,
    solver: Solver = solvers.DEFAULT,
    time_limit: TimeLimit = None,
    gap: Gap = None,
    iterations: Iterations = None,
    seed: OptionalSeed = None,
    as_json: Json = False,
) -> None:
    """Compare plans with changes: planner whatif kota-saya --week 2026-W48 --vans +1 --close T-12.

    The options together are one scenario; --each makes one of each, --scenarios reads more from a
    file. All start from the plan without changes. Writes whatif/WEEK/comparison.html and
    comparison.csv in the folder; the plan of the week stays as it is.

    Without --time-limit, all scenarios together take about 75 seconds.
    """
    given = {
        "vans": vans,
        "without_van": without_van,
        "shift": shift,
        "kits": kits,
        "cards": cards,
        "max_stops": max_stops,
        "close": close,
        "open": open_,
        "permit": permit,
        "refuse": refuse,
        "weight": weight,
        "day": day,
        "turnout": turnout,
        "minutes_per_person": minutes_per_person,
        "set": set_,
    }
    asked = _scenarios(given, scenarios, name, apart=each)
    district = inputs.read_district(folder)
    changed = weekends(district, week, asked, cache=roads_cache())
    weekend = weekend_of(district, week)
    each_s = seconds_each(len(asked), district.time_limit_s, processes or None)
    ends = limits(time_limit, gap, iterations, each_s)
    chosen = district.seed if seed is None else seed
    base, found = _solved(
        weekend, changed, solver, chosen, ends, planned(folder, week), processes or None
    )
    case = case_of(weekend, base.result, cache=roads_cache())
    cases = [
        case_of(changed_weekend, study.result, scenario, cache=roads_cache())
        for changed_weekend, study, scenario in zip(changed, found, asked, strict=True)
    ]
    _say(folder, case, cases, as_json=as_json)


def planned(folder: Path, week: str) -> Plan | None:
    """The plan of the week where there is one that can be read."""
    path = plan_folder(folder, week) / "plan.json"
    return formats.read_result(path)[0].plan if path.exists() else None


def _scenarios(
    given: Mapping[str, Sequence[str] | None], path: Path | None, name: str | None, *, apart: bool
) -> tuple[Scenario, ...]:
    texts = {kind: entries or () for kind, entries in given.items()}
    read = () if path is None else scenarios_of_file(inputs.read_toml(path), path.name, KINDS)
    found = (*scenarios_of_options(texts, name=name, apart=apart), *read)
    if not found:
        raise input_error(
            "planner whatif", say("nothing is to change"), say("give a change, such as --vans +1")
        )
    return found


def _solved(
    weekend: Weekend,
    changed: Sequence[Weekend],
    solver: str,
    seed: int,
    ends: Limits,
    start: Plan | None,
    processes: int | None,
) -> tuple[Study, tuple[Study, ...]]:
    """What is known without changes, and of each scenario."""
    prepare(solver)
    count = len(changed)
    with interruptible() as stop, counting(say("scenarios planned"), count) as show:
        show(0)
        base = base_study(weekend, solver=solver, seed=seed, limits=ends, start=start, stop=stop)
        found = scenario_studies(
            changed,
            base,
            solver=solver,
            seed=seed,
            limits=ends,
            processes=processes,
            stop=stop,
            tell=show,
        )
    return base, found


def _say(folder: Path, base: Case, cases: Sequence[Case], *, as_json: bool) -> None:
    """Write the page and the table, and print what they say."""
    office = words_of(base.weekend.district.office)
    path = folder / "whatif" / base.weekend.week
    files = {
        "comparison.html": comparison_page(base, cases).encode(),
        "comparison.csv": comparison_csv(base, cases, office),
    }
    write_files(path, files)
    if as_json:
        told = comparison_dicts(base, cases)
        typer.echo(json.dumps(told, indent=1, ensure_ascii=False))
    else:
        typer.echo("\n".join(comparison_lines(base, cases, words())))
    tell(say("to open in a browser: {path}", path=path / "comparison.html"))
