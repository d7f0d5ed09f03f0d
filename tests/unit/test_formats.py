"""The bare formats are read to the letter and written so that they read back the same."""

import gzip
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from planner import formats
from planner.errors import InputError
from planner.formats.strict import MAX_BYTES
from planner.model import NO_ROAD, Break
from tests.builders.random_instances import random_instance

SATURDAY = date(2026, 11, 28)


@pytest.fixture
def raw() -> dict[str, Any]:
    """One van, one site, one date: the least that is an instance."""
    return {
        "format": "planner-instance/1",
        "worth_s": 900,
        "drive_s": [[0, 600], [None, 0]],
        "drive_m": None,
        "depots": [{"id": "kantor", "place": 0}],
        "sites": [
            {
                "id": "rw-04",
                "place": 1,
                "expected": 37,
                "weight": 1.0,
                "seconds_per_person": 360,
                "setup_s": 1800,
                "packup_s": 1200,
                "min_people": 5,
                "classes": ["small"],
                "windows": {"2026-11-28": [[28800, 43200]]},
            }
        ],
        "vans": [
            {
                "id": "A",
                "class": "small",
                "kits": 2,
                "start": "kantor",
                "end": "kantor",
                "shifts": {"2026-11-28": [27000, 50400]},
                "break": {"earliest_s": 41400, "latest_s": 46800, "length_s": 2700},
                "max_people": None,
                "max_stops": None,
            }
        ],
    }


@pytest.fixture
def plan_raw() -> dict[str, Any]:
    """A plan of one route without stops."""
    route = {"van": "A", "date": "2026-11-28", "leave_s": 27000, "return_s": 27000, "stops": []}
    return {
        "format": "planner-plan/1",
        "routes": [route | {"break_start_s": None}],
        "people": 0,
        "objective": 0.0,
        "bound": None,
        "people_bound": None,
        "gap": None,
        "status": "time limit",
        "seed": 0,
        "solve_s": 9.8,
        "solver": "columns",
    }


def written(folder: Path, data: object, name: str = "instance.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_instance_is_read_as_it_stands(tmp_path: Path, raw: dict[str, Any]) -> None:
    """Null in a matrix is no road; a date in a key is a date."""
    instance = formats.read_instance(written(tmp_path, raw))
    assert instance.drive_s.tolist() == [[0, 600], [NO_ROAD, 0]]
    assert instance.sites[0].windows == {SATURDAY: ((28800, 43200),)}
    assert instance.vans[0].crew_break == Break(earliest_s=41400, latest_s=46800, length_s=2700)
    assert instance.vans[0].van_class == "small"


def test_gzip_is_read_too(tmp_path: Path, raw: dict[str, Any]) -> None:
    """instance.json.gz holds the same."""
    path = tmp_path / "instance.json.gz"
    path.write_bytes(gzip.compress(json.dumps(raw).encode()))
    assert formats.read_instance(path).num_places == 2


def test_matrix_may_lie_beside_the_instance(tmp_path: Path, raw: dict[str, Any]) -> None:
    """{"npy": "drive.npy"} names an int32 file, -1 = no road."""
    np.save(tmp_path / "drive.npy", np.array([[0, 600], [-1, 0]], dtype=np.int32))
    raw["drive_s"] = {"npy": "drive.npy"}
    assert formats.read_instance(written(tmp_path, raw)).drive_s[1, 0] == NO_ROAD


def test_written_instance_reads_back_the_same(tmp_path: Path, raw: dict[str, Any]) -> None:
    """instance.json and its matrices hold all that was read."""
    first = formats.read_instance(written(tmp_path, raw, "first.json"))
    for name, content in formats.instance_files(first).items():
        (tmp_path / name).write_bytes(content)
    again = formats.read_instance(tmp_path / "instance.json")
    assert (again.drive_s == first.drive_s).all()
    assert (again.depots, again.sites, again.vans) == (first.depots, first.sites, first.vans)


def test_written_plan_reads_back_the_same(tmp_path: Path, plan_raw: dict[str, Any]) -> None:
    """Reading and writing a plan changes nothing."""
    result, stated_gap = formats.read_result(written(tmp_path, plan_raw))
    assert json.loads(formats.plan_bytes(result)) == plan_raw
    assert stated_gap is None


BAD_INSTANCES = {
    "unknown key": (("sites", 0, "colour"), "red", r"sites\[0\]\.colour: is not a known key"),
    "negative people": (("sites", 0, "expected"), -3, r"sites\[0\]\.expected: .*-3"),
    "people in parts": (("sites", 0, "expected"), 3.5, r"sites\[0\]\.expected: .*3\.5"),
    "text for a number": (("sites", 0, "expected"), "37", r"sites\[0\]\.expected: .*'37'"),
    "no date": (("sites", 0, "windows"), {"Sabtu": []}, r"sites\[0\]\.windows\.Sabtu"),
    "other format": (("format",), "planner-instance/3", r"format: .*planner-instance/1"),
    "draws in /1": (
        ("sites", 0, "draws"),
        {},
        r"\.draws: is not a known key; .* planner-instance/2",
    ),
    "service in /1": (("sites", 0, "min_service_s"), 0, r"set format to planner-instance/2"),
    "no kits": (("vans", 0, "kits"), 0, r"vans\[0\]\.kits: '0' is less than 1"),
    "unknown depot": (("vans", 0, "start"), "Utara", r"van A start: 'Utara' is not a depot"),
    "place out of range": (("sites", 0, "place"), 9, r"site rw-04 place: '9' is not a row"),
    "shift backwards": (("vans", 0, "shifts"), {"2026-11-28": [9, 3]}, "before it starts at 9"),
    "negative seconds": (("drive_s",), [[0, -5], [0, 0]], r"drive_s\[0\]\[1\]: '-5'"),
    "matrix of text": (("drive_s",), [[0, "x"], [0, 0]], r"drive_s\[0\]\[1\]: 'x'"),
    "matrix not square": (("drive_s",), [[0, 1]], r"drive_s\[0\]: has 2 entries"),
    "matrix of another shape": (("drive_m",), [[0]], "drive_m: has another shape"),
    "file elsewhere": (("drive_s",), {"npy": "../x.npy"}, "is not in the folder of the instance"),
    "file missing": (("drive_s",), {"npy": "x.npy"}, "'x.npy' cannot be read"),
    "shift without end": (("vans", 0, "shifts"), {"2026-11-28": [0, 2**31]}, "end: '2147483648'"),
    "endless set-up": (("sites", 0, "setup_s"), 2**62, "setup_s: .* is above 2147483647"),
    "endless drive": (("drive_s",), [[0, 2**31], [0, 0]], r"drive_s\[0\]\[1\]: '2147483648'"),
    "worth nothing": (("worth_s",), 0, "worth_s: .*greater than 0"),
}


@pytest.mark.parametrize(("keys", "value", "message"), BAD_INSTANCES.values(), ids=BAD_INSTANCES)
def test_what_breaks_the_format_is_named(
    tmp_path: Path, raw: dict[str, Any], keys: tuple[Any, ...], value: object, message: str
) -> None:
    """Each is named with its path in the file and its value."""
    target: Any = raw
    for key in keys[:-1]:
        target = target[key]
    target[keys[-1]] = value
    with pytest.raises(InputError, match=message):
        formats.read_instance(written(tmp_path, raw))


@pytest.fixture
def shared(raw: dict[str, Any]) -> dict[str, Any]:
    """The same site, to which people of two neighbourhoods may come, for ten minutes at least."""
    raw["format"] = "planner-instance/2"
    raw["sites"][0] |= {"draws": {"RT 001": 6.125, "RT 003": 2.4}, "min_service_s": 600}
    return raw


def test_draws_are_read_to_the_thousandth_and_written_back(
    tmp_path: Path, shared: dict[str, Any]
) -> None:
    """6.125 and 2.4 people; what is written is read as the same."""
    instance = formats.read_instance(written(tmp_path, shared))
    site = instance.sites[0]
    assert (site.draws, site.min_service_s) == ({"RT 001": 6125, "RT 003": 2400}, 600)
    content = json.loads(formats.instance_files(instance)["instance.json"])
    assert content["format"] == "planner-instance/2"
    assert content["sites"] == shared["sites"]


def test_every_thousandth_is_read_as_it_stands(tmp_path: Path, shared: dict[str, Any]) -> None:
    """All of 0.001 to 9.999, and some large ones."""
    thousandths = [*range(1, 10_000), 123_456_789, 823_456_789]
    shared["sites"][0]["draws"] = {f"rt-{n}": n / 1000 for n in thousandths}
    draws = formats.read_instance(written(tmp_path, shared)).sites[0].draws
    assert draws == {f"rt-{n}": n for n in thousandths}


def test_an_instance_without_draws_is_written_as_before(
    tmp_path: Path, shared: dict[str, Any]
) -> None:
    """Its format is planner-instance/1, whatever it was read from."""
    del shared["sites"][0]["draws"], shared["sites"][0]["min_service_s"]
    instance = formats.read_instance(written(tmp_path, shared))
    content = json.loads(formats.instance_files(instance)["instance.json"])
    assert content["format"] == "planner-instance/1"
    assert content["sites"] == shared["sites"]


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (0, r"sites\[0\]\.draws\.RT 001: '0' is not greater than 0"),
        (-1.5, r"'-1\.5' is not greater than 0"),
        (1.0005, r"RT 001: '1\.0005' has more than three decimals; round it to three"),
        ("6", r"'6' is not a number"),
        (1e308, r"RT 001: '1e\+308' is above 1000000"),
    ],
)
def test_a_draw_that_cannot_be_is_named(
    tmp_path: Path, shared: dict[str, Any], draw: object, message: str
) -> None:
    """Nobody, fewer than nobody, parts of a thousandth, text, everybody."""
    shared["sites"][0]["draws"]["RT 001"] = draw
    with pytest.raises(InputError, match=message):
        formats.read_instance(written(tmp_path, shared))


def test_all_problems_come_at_once(tmp_path: Path, raw: dict[str, Any]) -> None:
    """Three mistakes give three problems."""
    raw["sites"][0]["expected"] = -1
    raw["vans"][0]["kits"] = 0
    del raw["depots"]
    with pytest.raises(InputError, match="depots") as caught:
        formats.read_instance(written(tmp_path, raw))
    assert len(caught.value.problems) == 3


def test_problems_of_objects_and_between_them_come_at_once(
    tmp_path: Path, raw: dict[str, Any]
) -> None:
    """Hours, a break and a shift backwards, and a depot that is not there."""
    raw["sites"][0]["windows"] = {"2026-11-28": [[9, 3]]}
    raw["vans"][0] |= {
        "shifts": {"2026-11-28": [8, 2]},
        "break": {"earliest_s": 7, "latest_s": 1, "length_s": 0},
        "end": "Utara",
    }
    path = written(tmp_path, raw)
    with pytest.raises(InputError, match="before it starts at 9") as caught:
        formats.read_instance(path)
    assert [problem.where.removeprefix(f"{path} ") for problem in caught.value.problems] == [
        "site rw-04 windows 2026-11-28",
        "van A break",
        "van A shifts 2026-11-28",
        "van A end",
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"{", "is not JSON"), (b"[]", "is not a JSON object"), (b"\xff\xfe", "is not JSON")],
)
def test_a_file_that_is_no_json_is_told_as_that(
    tmp_path: Path, content: bytes, message: str
) -> None:
    """Half a file, a list, or bytes that are no text."""
    path = tmp_path / "instance.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        formats.read_instance(path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="the system has no such device")
def test_a_device_that_never_ends_is_no_file() -> None:
    """Reading it would fill the memory."""
    with pytest.raises(InputError, match="/dev/zero: is not a file"):
        formats.read_instance(Path("/dev/zero"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (gzip.compress(b"{}")[:-9] + b"\xff" * 9, "cannot be read"),
        (gzip.compress(b" " * (MAX_BYTES + 1), 1), "has more than 256 MB when unpacked"),
        (gzip.compress(b"[" * 100_000), "is not JSON"),
        (gzip.compress(b"9" * 5_000), "is not JSON"),
    ],
    ids=["damaged", "enormous", "deep", "long number"],
)
def test_a_packed_file_that_is_hostile_is_told(
    tmp_path: Path, content: bytes, message: str
) -> None:
    """It ends in a message, whatever its bytes are, and is never unpacked whole."""
    path = tmp_path / "instance.json.gz"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        formats.read_instance(path)


def test_a_missing_file_is_told_as_missing(tmp_path: Path) -> None:
    """The name of the file is in the message."""
    with pytest.raises(InputError, match=r"none\.json: cannot be read"):
        formats.read_instance(tmp_path / "none.json")


def test_published_schemas_are_current() -> None:
    """docs/schema holds what `json_schemas` gives; rewrite it when this fails."""
    folder = Path(__file__).parents[2] / "docs" / "schema"
    for name, schema in formats.json_schemas().items():
        assert json.loads((folder / name).read_text(encoding="utf-8")) == schema


def test_vans_sent_elsewhere_are_read_back(tmp_path: Path) -> None:
    """From a place, and from the depot; a place that is gone is left out."""
    given = random_instance(3)
    van, day, path = given.vans[0], given.dates[0], tmp_path / "changed.json"
    diversions = {
        (van.id, day, 1): given.sites[0].place,
        (van.id, day, 2): given.depot_places[van.end],
    }
    path.write_bytes(formats.changed_bytes(given, given, path, (), diversions))
    assert formats.read_diversions(given, path) == diversions
    gone = given.sites[0].place
    fewer = replace(given, sites=tuple(s for s in given.sites if s.place != gone))
    assert [*formats.read_diversions(fewer, path)] == [(van.id, day, 2)]


def test_what_has_changed_is_read_back(tmp_path: Path) -> None:
    """A site with other people and a van without a shift; what a file names stays named."""
    given = random_instance(3)
    site, van = given.sites[0], given.vans[0]
    after = replace(
        given,
        sites=(replace(site, expected=99), *given.sites[1:]),
        vans=(replace(van, shifts={}), *given.vans[1:]),
    )
    path = tmp_path / "changed.json"
    assert formats.with_changes(given, path).sites == given.sites
    path.write_bytes(formats.changed_bytes(given, after, path))
    found = formats.with_changes(given, path)
    assert (found.sites, found.vans) == (after.sites, after.vans)
    again = formats.changed_bytes(after, after, path)
    assert again == path.read_bytes()


def test_changes_of_what_is_gone_are_told(tmp_path: Path) -> None:
    """The site stands in no table any more."""
    given = random_instance(3)
    after = replace(given, sites=(replace(given.sites[0], expected=99), *given.sites[1:]))
    path = tmp_path / "changed.json"
    path.write_bytes(formats.changed_bytes(given, after, path))
    with pytest.raises(InputError, match="is not in the district folder any more; plan again"):
        formats.with_changes(replace(given, sites=given.sites[1:]), path)


def test_what_is_wrong_with_a_changed_site_or_van_is_told_with_its_file(tmp_path: Path) -> None:
    """Hours and a break that end before they start."""
    given, path = random_instance(3), tmp_path / "changed.json"
    site, van = given.sites[0], given.vans[0]
    after = replace(given.with_site(replace(site, expected=99)), vans=(replace(van, kits=9),))
    data = json.loads(formats.changed_bytes(replace(given, vans=(van,)), after, path))
    data["sites"][0]["windows"] = {"2026-11-28": [[36000, 28800]]}
    data["vans"][0]["break"] = {"earliest_s": 9, "latest_s": 8, "length_s": 60}
    path.write_text(json.dumps(data))
    with pytest.raises(InputError, match="before it starts") as raised:
        formats.with_changes(given, path)
    of_site, of_van = raised.value.problems
    assert of_site.where.startswith(f"{path} site {site.id}")
    assert of_van.where.startswith(f"{path} van {van.id}")
