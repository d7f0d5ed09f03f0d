"""Damaged files and odd command lines, which must end in a message and never in a traceback.

Each input is a small valid one with a few mutations; the same seed gives the same inputs. A command
that fails (exit code 2 and above) must leave every file as it was.
"""

import contextlib
import gzip
import io
import json
import logging
import random
import resource
import shutil
import signal
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import FrameType

import geopandas
import numpy as np
from openpyxl import Workbook
from shapely.geometry import Point

from bench.damage import HUGE, make_bombs, mutate
from planner import check, formats
from planner.cli import program
from planner.errors import PlannerError
from planner.formats.changed import changed_bytes
from planner.horizon import build_horizon
from planner.inputs import read_district
from planner.inputs.settings_file import read_toml
from planner.office.district_folder import example_folder
from planner.scenarios.scenario_file import scenarios_from_file
from planner.solvers import DEFAULT, prepare, solve
from planner.solvers.base import SolveReport
from planner.solvers.params_file import read_params
from planner.store.solve_cache import parse_report, report_bytes
from planner.store.version import Version, with_history
from planner.travel.dataset_cache import DatasetCache
from planner.travel.osm import read_extract
from tests.builders.dirty_tables import write_one_of_each_kind
from tests.builders.district_workbook import filled_workbook
from tests.builders.folders import TABLES, sound_folder
from tests.builders.spreadsheets import convert
from tests.builders.synthetic_weekends import synthetic_weekend

HANG_S = 60

BLOCK = 1000

MAX_BYTES = 1 << 30
"""More memory than the process begins with; what wants more ends in a MemoryError, a finding."""

BOMB_SHARE = 0.02

WEEK = "2026-W48"
FAILED = 2
"""The lowest exit code of a command that did nothing."""


Run = Callable[[random.Random, Path], object]
"""Makes one input in an empty folder and reads it."""


@dataclass
class Findings:
    """How often each kind of traceback came, and the input it came with first."""

    inputs: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)

    def add(self, kind: str, example: str) -> None:
        """Count one more of a kind; its first example stays."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        self.examples.setdefault(kind, example)

    def __str__(self) -> str:
        ranked = sorted(self.counts, key=lambda kind: -self.counts[kind])
        lines = (f"{self.counts[kind]:6} {kind}\n       {self.examples[kind]}" for kind in ranked)
        total = f"{self.inputs} inputs, {sum(self.counts.values())} tracebacks"
        return "\n".join([*lines, f"{total} of {len(ranked)} kinds, {_peak_mib()} MiB at most"])


class Hang(BaseException):
    """An input that takes too long."""


class ChangedFiles(Exception):  # noqa: N818 - a finding, as the others
    """A command failed, and changed files all the same."""


def fuzz(numbers: range, seed: int, only: str = "") -> Findings:
    """What happens with inputs of these numbers, spread evenly over all readers.

    What came so far is written to stderr after every thousand.

    Parameters
    ----------
    only
        Readers whose name contains it.
    """
    signal.signal(signal.SIGALRM, _hang)
    warnings.simplefilter("ignore")
    logging.disable()
    findings = Findings()
    prepare(DEFAULT)  # Compiling is no hang.
    with tempfile.TemporaryDirectory() as scratch:
        sound = Path(scratch) / "sound"
        write_sound_files(sound)
        bombs = make_bombs(sound)
        _limit_memory()
        runs = {name: run for name, run in _runs(sound, bombs, mutate).items() if only in name}
        for name, run in _runs(sound, {}, _keep).items():
            if name != "command":
                # What is sound must be read to its end, else no damage to it would tell anything.
                run(random.Random(seed), _emptied(Path(scratch) / "input"))
        with contextlib.suppress(KeyboardInterrupt):  # What was found by then counts.
            for number in numbers:
                name = [*runs][number % len(runs)]
                folder = _emptied(Path(scratch) / "input")
                rng = random.Random(f"{seed}/{name}/{number}")
                with _recorded(findings, f"{name} seed {seed}/{name}/{number}"):
                    runs[name](rng, folder)
                if findings.inputs % BLOCK == 0:
                    print(findings, file=sys.stderr, flush=True)
    return findings


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


@contextlib.contextmanager
def _recorded(findings: Findings, label: str) -> Iterator[None]:
    findings.inputs += 1
    signal.alarm(HANG_S)
    try:
        yield
    except (PlannerError, OSError):
        pass
    except (Exception, Hang) as error:
        frames = traceback.extract_tb(error.__traceback__)
        ours = [frame for frame in frames if "/planner/" in frame.filename] or frames
        where = f"{ours[-1].filename.rpartition('/planner/')[2]}:{ours[-1].name}"
        findings.add(f"{type(error).__name__} {where}", f"{label}: {str(error)[:120]!r}")
    finally:
        signal.alarm(0)


def _hang(number: int, frame: FrameType | None) -> None:
    raise Hang(f"more than {HANG_S} s")


def write_sound_files(folder: Path) -> None:
    """A district with its tables in every format, and every other file that is read."""
    (folder / "district").mkdir(parents=True)
    sound_folder(folder / "district")
    header, *rows = (line.split(",") for line in TABLES["points"].splitlines())
    book = Workbook()
    for row in (header, *rows):
        book.worksheets[0].append(row)
    book.save(folder / "points.xlsx")
    columns = {title: [row[i] for row in rows] for i, title in enumerate(header)}
    shapes = [Point(float(row[5]), float(row[4])) for row in rows]
    frame = geopandas.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326")
    frame = frame.drop(columns=["lat", "lon"])
    frame.to_file(folder / "points.gpkg", layer="points")
    frame.to_file(folder / "points.geojson")
    given = synthetic_weekend(6, 2, 2, 0)
    shared = (replace(site, draws={"rt-1": 5250}, min_service_s=600) for site in given.sites)
    instance = replace(given, sites=tuple(shared))
    result = solve(instance, solver="greedy")
    contents = formats.instance_files(instance)
    small = json.loads(contents["instance.json"])
    small["drive_s"] = instance.drive_s.tolist()
    contents["rows.json"] = json.dumps(small).encode()
    contents["rows.json.gz"] = gzip.compress(contents["rows.json"])
    contents["plan.json"] = formats.plan_bytes(result)
    contents["changed.json"] = changed_bytes(
        synthetic_weekend(6, 2, 2, 1), instance, folder / "none"
    )
    contents["manifest.json"] = json.dumps(
        {"inputs": {"rt.csv": "0"}, "earlier": [{"file": "plan-1.json"}]}
    ).encode()
    contents["report.json"] = report_bytes(SolveReport(result=result))
    contents["scenarios.toml"] = (
        b'[[scenario]]\nname = "a"\nvans = "+1"\n[grid]\nvans = [2, 3]\nkits = ["A=2"]\n'
    )
    contents["params.toml"] = b"[routing]\n"
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    shutil.copy(example_folder() / "roads.osm.pbf", folder / "roads.osm.pbf")
    filled_workbook(folder / "kota.xlsx")
    (folder / "imports").mkdir()
    write_one_of_each_kind(folder / "imports")
    if shutil.which("soffice"):  # Nothing else here writes workbooks of older kinds.
        older = convert(folder / "imports" / "agr.xlsx", "xls")
        shutil.move(older, folder / "imports" / older.name)
        for name in ("converted", "profile"):
            shutil.rmtree(folder / "imports" / name)
    DatasetCache(folder, _silent).get_or_make(
        "road", "0", lambda: {"a": np.arange(9, dtype=np.int32)}
    )


def _silent(*_: object) -> None:
    """Nobody listens."""


def _peak_mib() -> int:
    """Most memory that was in use since `_limit_memory`."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) >> 10


def _limit_memory() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # Forget the peak so far.
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + MAX_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (limit, resource.RLIM_INFINITY))


Damage = Callable[[random.Random, bytes, str], bytes]


def _keep(rng: random.Random, data: bytes, name: str) -> bytes:
    return data


def _runs(sound: Path, bombs: Mapping[str, bytes], damage: Damage) -> Mapping[str, Run]:
    tables = sorted((sound / "district").iterdir())
    instance = formats.read_instance(sound / "rows.json")

    def damaged(rng: random.Random, path: Path) -> bytes:
        if path.name in bombs and rng.random() < BOMB_SHARE:
            return bombs[path.name]
        return damage(rng, path.read_bytes(), path.name)

    def file(name: str, read: Callable[[Path], object], *beside: str) -> Run:
        def run(rng: random.Random, folder: Path) -> None:
            for other in beside:
                shutil.copy(sound / other, folder / other)
            (folder / name).write_bytes(damaged(rng, sound / name))
            read(folder / name)

        return run

    def district(path: Path, rng: random.Random, folder: Path) -> None:
        shutil.copytree(sound / "district", folder, dirs_exist_ok=True)
        if path.suffix in {".xlsx", ".gpkg"} or path.name == "points.geojson":
            (folder / "points.csv").unlink()
        (folder / path.name).write_bytes(damaged(rng, path))
        build_horizon(read_district(folder), WEEK, cache=None)

    def worth(path: Path) -> None:
        given = formats.read_instance(path)
        result = solve(given, solver="greedy")
        assert not check.violations(given, result.plan)

    def plan(path: Path) -> None:
        result, gap = formats.read_result(path)
        check.violations(instance, result.plan)
        check.misstatements(instance, result, gap)

    def manifest(path: Path) -> None:
        version = Version(path=path.parent)
        version.stale_inputs(_Sources())  # type: ignore[arg-type]
        with_history(path.read_bytes(), version.history)

    def scenarios(path: Path) -> None:
        scenarios_from_file(read_toml(path), path.name)

    def cached(path: Path) -> None:
        DatasetCache(path.parent, _silent).get_or_make("road", "0", dict)

    def workbook(path: Path) -> None:
        with contextlib.suppress(PlannerError):
            build_horizon(read_district(path), WEEK, cache=None)
        shutil.copy(sound / "imports" / "agr.csv", path.parent)
        run_command(["import", "agr.csv", "-o", path.name, "--yes"], path.parent)

    def taken_in(path: Path, rng: random.Random, folder: Path) -> None:
        for other in path.parent.glob(f"{path.stem}.*"):
            shutil.copy(other, folder / other.name)
        (folder / path.name).write_bytes(damaged(rng, path))
        name = path.name if path.suffix not in {".shx", ".dbf"} else f"{path.stem}.shp"
        target = rng.choice(("kota", "kota.xlsx", "lama", "lama.xlsx"))
        shutil.copytree(sound / "district", folder / "lama")
        if target == "lama.xlsx":
            (folder / "lama" / "planner.toml").unlink()
            shutil.copy(sound / "kota.xlsx", folder / target)
        persons = ["--aggregate"] if rng.random() < 0.3 else []
        run_command(["import", name, "-o", target, "--yes", *persons], folder)

    more = [sound / f"points.{suffix}" for suffix in ("xlsx", "gpkg", "geojson")]
    return {
        **{f"district {path.name}": partial(district, path) for path in (*tables, *more)},
        **{
            f"import {path.name}": partial(taken_in, path)
            for path in sorted((sound / "imports").iterdir())
        },
        "instance rows.json": file("rows.json", worth),
        "instance rows.json.gz": file("rows.json.gz", worth),
        "instance instance.json": file("instance.json", worth, "drive_s.npy"),
        "instance drive_s.npy": file(
            "drive_s.npy", lambda path: worth(path.with_name("instance.json")), "instance.json"
        ),
        "plan plan.json": file("plan.json", plan),
        "changed changed.json": file(
            "changed.json", lambda path: formats.with_changes(instance, path)
        ),
        "manifest manifest.json": file("manifest.json", manifest, "plan.json"),
        "report report.json": file("report.json", parse_report),
        "roads road-0.npz": file("road-0.npz", cached),
        "roads roads.osm.pbf": file("roads.osm.pbf", lambda path: read_extract(path, _silent)),
        "workbook kota.xlsx": file("kota.xlsx", workbook),
        "scenario scenarios.toml": file("scenarios.toml", scenarios),
        "params params.toml": file("params.toml", read_params),
        "command": partial(_command, sound),
    }


class _Sources:
    sources: Mapping[str, str] = {}


WORDS = (
    "check", "plan", "map", "print", "publish", "whatif", "explain", "replan", "repair", "diff",
    "solve", "verify", "init", "roads", "versions", "--week", "--lang", "id", "en", "--json",
    "--seed",
    "--iterations", "--time-limit", "--gap", "--cores", "-o", "--start", "--params", "--late",
    "--broken", "--kits", "--after", "--from", "--scarce", "--day", "--version", "--help", "--keep",
    "--at", "--without-van", "--close", "--people", "--draft", "--reason", "--plan", "--solver",
    "columns", "--dry-run", "--restore", "--processes",
    "T1=5", "A=2026-11-29", "--serve", "A=40", "A=", "=",
    "9999-W52", "0001-W01", "2026-W48", "2026-W54", "W",
    "2026-W48-6", "2026-W48\0", "a\0b", "\udcff", "1e999", "inf", "nan", HUGE, "-1", "0", "1",
    "2026-11-28T10:15", "9999-12-31T23:59", "0001-01-01T00:00", "", " ", "-", "--", "---", "@",
    "x" * 300, "x" * 5000, "/dev/null", "/dev/full", "/proc/self/mem", "/", ".", "..", "~", "\x1b",
    "\u202e", "[red]", "{x}", "%s", "DISTRICT", "DISTRICT", "DISTRICT", "INSTANCE", "INSTANCE",
    "PLAN", "PLAN", "T1", "A", "A=T1", "T1@2026-11-28",
)  # fmt: skip


def _command(sound: Path, rng: random.Random, folder: Path) -> None:
    """A command line of a few words that belong elsewhere."""
    shutil.copytree(sound / "district", folder / "district")
    names = {
        "DISTRICT": str(folder / "district"),
        "INSTANCE": str(sound / "rows.json"),
        "PLAN": str(sound / "plan.json"),
    }
    words = [rng.choice(WORDS[:15]), *rng.choices(WORDS[15:], k=rng.randrange(6))]
    if rng.random() < 0.6:
        bare = words[0] in {"solve", "verify"}
        words[1:1] = ["INSTANCE", "PLAN"] if bare else ["DISTRICT", "--week", "2026-W48"]
    if "--serve" in words or (words[0] == "map" and "--s" in words):
        words.remove("--serve")
    run_command([names.get(word, word) for word in words], folder)


def run_command(words: Sequence[str], folder: Path) -> int:
    """Exit code of a command line; where it fails, all files of a folder must be as before.

    Raises
    ------
    ChangedFiles
        Where they are not.
    """
    raised: list[BaseException] = []
    kept = sys.argv, sys.excepthook
    before, code = _files(folder), 0
    sys.argv = ["planner", *words]
    sys.excepthook = lambda kind, error, trace: raised.append(error)
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")),
        contextlib.redirect_stderr(io.StringIO()),
    ):
        try:
            program.run()
        except SystemExit as ended:
            code = int(ended.code or 0)
        finally:
            sys.argv, sys.excepthook = kept
    if raised:
        raised[0].add_note(" ".join(words)[:200])
        raise raised[0]
    if code >= FAILED and (after := _files(folder)) != before:
        names = {str(path) for path, _ in before.items() ^ after.items()}
        raise ChangedFiles(f"{sorted(names)[:3]} by {' '.join(words)[:200]}")
    return code


def _files(folder: Path) -> dict[Path, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder): path.read_bytes() for path in paths}
