"""Compare the planner's solvers with other engines, at equal wall time and cores.

Examples
--------
python -m bench weekends --seconds 60
python -m bench weekends --sizes 200x5 200x5-alike --solvers columns pyvrp --seconds 10
python -m bench weekends --sizes 200x5-shared --solvers columns pyvrp pyvrp_nearest --seconds 10
python -m bench files ../shared/bench/methadone/*-one.json.gz --solvers columns --seconds 10
python -m bench files ../shared/bench/methadone/Iowa-one.json.gz --solvers columns compact_scip
python -m bench toptw ../shared/bench/toptw --solvers columns pyvrp --seconds 60
python -m bench breakdowns examples/kota-contoh --every 15
python -m bench nearest examples/kampung-padat examples/kota-contoh
python -m bench city dki --borders kelurahan.geojson && planner campaign dki --target 99
python -m bench campaigns --ways ahead alone vroom --districts 20
python -m bench forecasts examples/kota-contoh --seeds 100
python -m bench fuzz --inputs 10000 --seed 1
"""

import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter, _SubParsersAction
from collections.abc import Sequence
from pathlib import Path

from bench import breakdowns, districts, dki, forecasts, fuzz, nearest_point, toptw
from bench.run import PEERS, Outcome, require, run
from bench.tables import (
    SUMMARY_HEAD,
    TOPTW_HEAD,
    WEEKEND_HEAD,
    Row,
    compilation,
    summary_row,
    table,
    toptw_rows,
    weekend_rows,
)
from planner.errors import InputError, input_error
from planner.formats import read_instance
from planner.i18n.messages import say
from planner.model import Instance
from planner.solvers import DEFAULT, SOLVERS, prepare
from tests.builders.synthetic_weekends import synthetic_weekend

SIZES = ("200x5", "200x20", "1000x10", "3500x20", "200x5-alike", "200x5-shared", "200x20-mixed")
VARIANTS = {"alike", "shared", "mixed", "cards"}
FOLDER = Path("../shared/bench/toptw")


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 done, 2 wrong usage or input."""
    options = _parser().parse_args(arguments)
    try:
        require(options.solvers)
        compiled_s = {name: prepare(name) for name in options.solvers if name in SOLVERS}
        print(options.measure(options))
        if compiled_s:
            print(f"\n{compilation(compiled_s)}")
    except InputError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def measure_weekends(options: Namespace) -> str:
    """A table of every solver on every size."""
    rows: list[Row] = []
    for size in options.sizes:
        outcomes = _outcomes(sized(size, options.days, options.seed), options)
        rows += weekend_rows(size, outcomes, options.seconds)
    return table(WEEKEND_HEAD, rows)


def measure_files(options: Namespace) -> str:
    """A table of every solver on every ``planner-instance`` file."""
    rows: list[Row] = []
    for path in options.files:
        outcomes = _outcomes(read_instance(path), options)
        rows += weekend_rows(path.name.split(".")[0], outcomes, options.seconds)
    return table(WEEKEND_HEAD, rows)


def measure_toptw(options: Namespace) -> str:
    """A table of every solver on every public instance, and a summary."""
    rows: list[Row] = []
    runs: dict[str, list[tuple[toptw.Known, Outcome]]] = {name: [] for name in options.solvers}
    for known in toptw.known(options.folder):
        if options.names and known.name not in options.names:
            continue
        instance = toptw.read(options.folder / f"{known.name}.txt", known.num_vans)
        outcomes = _outcomes(instance, options)
        rows += toptw_rows(known, outcomes, options.seconds)
        for solver, outcome in outcomes.items():
            runs[solver].append((known, outcome))
    summary = [summary_row(solver, found) for solver, found in runs.items()]
    return f"{table(TOPTW_HEAD, rows)}\n\n{table(SUMMARY_HEAD, summary)}"


def measure_breakdowns(options: Namespace) -> str:
    """A table of every van that breaks down at every so many minutes."""
    found = breakdowns.measured(options.folder, options.week, options.every)
    return table(breakdowns.HEAD, [*breakdowns.rows(found)])


def measure_nearest_point(options: Namespace) -> str:
    """A table of planning for all in reach, and for the nearest point alone."""
    return table(
        nearest_point.HEAD, nearest_point.rows(options.folders, options.week, options.iterations)
    )


def write_city(options: Namespace) -> str:
    """The folder of a seeded city; measured with ``planner campaign``."""
    return str(dki.write_dki(options.folder, borders=options.borders, seed=options.seed))


def measure_campaigns(options: Namespace) -> str:
    """A table of campaigns of small districts, planned in several ways; those known are kept."""
    told = districts.read_courses(options.results)
    known = {(course.seed, course.way) for course in told}
    for seed in range(options.seed, options.seed + options.districts):
        ways = [way for way in options.ways if (seed, way) not in known]
        for course in districts.courses(
            seed, ways, options.target / 100, options.iterations, options.seconds
        ):
            districts.add_course(options.results, course)
            told.append(course)
            print(course, file=sys.stderr)
    return table(districts.HEAD, [*districts.rows(told)])


def measure_forecasts(options: Namespace) -> str:
    """A table of ranges forecast after four weekends, and when campaigns finished."""
    told = forecasts.forecasts(options.folder, options.week, options.target / 100, options.seeds)
    return table(forecasts.HEAD, [*forecasts.rows(told)])


def measure_robustness(options: Namespace) -> str:
    """Every kind of traceback that damaged files and odd command lines lead to."""
    numbers = range(options.first, options.first + options.inputs)
    return str(fuzz.fuzz(numbers, options.seed, options.only))


def sized(size: str, num_days: int, seed: int) -> Instance:
    """The weekend of a size: sites, ``x``, vans, and any of `VARIANTS` such as ``-alike``.

    Raises
    ------
    InputError
        Where it is not written so.
    """
    numbers, *variants = size.split("-")
    num_sites, _, num_vans = numbers.partition("x")
    if not (num_sites.isdecimal() and num_vans.isdecimal() and VARIANTS.issuperset(variants)):
        raise input_error(
            "--sizes",
            say("'{size}' is not a size", size=size),
            say("write it like 200x5, 200x5-alike, 200x5-shared or 200x20-mixed-cards"),
        )
    return synthetic_weekend(
        int(num_sites), int(num_vans), num_days, seed, **dict.fromkeys(variants, True)
    )


def _outcomes(instance: Instance, options: Namespace) -> dict[str, Outcome]:
    """What each solver makes of an instance, one after the other, each as it ends on stderr."""
    outcomes = {}
    for solver in options.solvers:
        outcome = run(instance, solver, options.seconds, options.seed, options.cores)
        print(f"{solver}: {outcome}", file=sys.stderr)
        outcomes[solver] = outcome
    return outcomes


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True)
    horizons = commands.add_parser("weekends", help="synthetic weekends")
    horizons.add_argument("--sizes", nargs="+", default=list(SIZES), help="sites x vans")
    horizons.add_argument("--days", type=int, default=2)
    horizons.set_defaults(measure=measure_weekends)
    files = commands.add_parser("files", help="instance files")
    files.add_argument("files", type=Path, nargs="+", help="planner-instance files")
    files.set_defaults(measure=measure_files)
    public = commands.add_parser("toptw", help="public team orienteering instances")
    public.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    public.add_argument("--names", nargs="+", help="instances, such as c101; default all")
    public.set_defaults(measure=measure_toptw)
    broken = commands.add_parser("breakdowns", help="a van breaks down, and the rest is planned")
    broken.add_argument("folder", type=Path, help="a district folder")
    broken.add_argument("--week", default="2026-W48")
    broken.add_argument("--every", type=int, default=15, help="minutes between breakdowns")
    broken.set_defaults(measure=measure_breakdowns, solvers=[])
    nearest = commands.add_parser("nearest", help="as if everybody went to the nearest point")
    nearest.add_argument("folders", type=Path, nargs="+", help="district folders")
    nearest.add_argument("--week", default="2026-W48")
    nearest.add_argument("--iterations", type=int, default=60, help="of each solve")
    nearest.set_defaults(measure=measure_nearest_point, solvers=[])
    _add_campaigns(commands)
    damaged = commands.add_parser("fuzz", help="damaged files and odd command lines")
    damaged.add_argument("--inputs", type=int, default=10_000)
    damaged.add_argument("--first", type=int, default=0, help="number of the first input")
    damaged.add_argument("--seed", type=int, default=0)
    damaged.add_argument("--only", default="", help="readers whose name contains this")
    damaged.set_defaults(measure=measure_robustness, solvers=[])
    for command, solvers in (
        (horizons, [DEFAULT, *PEERS]),
        (files, [DEFAULT]),
        (public, [DEFAULT, "pyvrp"]),
    ):
        command.add_argument("--solvers", nargs="+", default=solvers)
        command.add_argument("--seconds", type=float, default=60.0, help="for each run")
        command.add_argument("--cores", type=int, default=2, help="for each run, on Linux")
        command.add_argument("--seed", type=int, default=0)
    return parser


def _add_campaigns(commands: "_SubParsersAction[ArgumentParser]") -> None:
    city = commands.add_parser("city", help="write a district of the size of DKI Jakarta")
    city.add_argument("folder", type=Path)
    city.add_argument("--borders", type=Path, help="GeoJSON of the kelurahan")
    city.add_argument("--seed", type=int, default=20)
    city.set_defaults(measure=write_city, solvers=[])
    campaigns = commands.add_parser("campaigns", help="small districts to the end, in several ways")
    campaigns.add_argument("--ways", nargs="+", default=["ahead", "alone", "vroom"])
    campaigns.add_argument("--districts", type=int, default=20)
    campaigns.add_argument("--target", type=float, default=99.0, help="percent")
    campaigns.add_argument("--iterations", type=int, default=10, help="of each solve")
    campaigns.add_argument("--seconds", type=float, default=1.0, help="of a peer for each weekend")
    campaigns.add_argument("--seed", type=int, default=0)
    campaigns.add_argument(
        "--results", type=Path, default=Path("campaigns.jsonl"), help="each as soon as it ends"
    )
    campaigns.set_defaults(measure=measure_campaigns, solvers=[])
    foretold = commands.add_parser("forecasts", help="ranges beside a hidden truth")
    foretold.add_argument("folder", type=Path, help="a district folder; roads are left out")
    foretold.add_argument("--week", default="2026-W49")
    foretold.add_argument("--target", type=float, default=80.0, help="percent")
    foretold.add_argument("--seeds", type=int, default=100)
    foretold.set_defaults(measure=measure_forecasts, solvers=[])


if __name__ == "__main__":
    sys.exit(main())
