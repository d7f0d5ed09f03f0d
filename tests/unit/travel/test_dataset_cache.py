"""What is kept between runs survives kills, two writers and a full disk."""

import errno
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from planner.travel import dataset_cache
from planner.travel.dataset_cache import Arrays, DatasetCache, code_version
from planner.travel.factory import make_travel
from tests.builders.town import SPEEDS, corner, write_extract

pytestmark = pytest.mark.process

Run = subprocess.Popen[str]

PLACES = [corner("A"), corner("H")]


class Maker:
    """Makes an entry and counts how often."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> Arrays:
        self.made += 1
        return {"numbers": np.arange(1000)}


def silent(what: str, share: float) -> None:
    """Tells nobody."""


def entry_of(folder: Path, make: Maker) -> list[int]:
    """The entry, from a cache opened anew."""
    return list(
        DatasetCache(folder, silent).get_or_make("test", "k" * 64, make)["numbers"].tolist()
    )


def test_an_entry_is_made_once(tmp_path: Path) -> None:
    """The second run reads what the first has made."""
    make = Maker()
    assert entry_of(tmp_path / "new", make) == entry_of(tmp_path / "new", make) == [*range(1000)]
    assert make.made == 1


@pytest.mark.parametrize("size", [0, 1, 100, 4000])
def test_a_cut_entry_is_made_again(tmp_path: Path, size: int) -> None:
    """A file that ends too soon, wherever that is."""
    make = Maker()
    entry_of(tmp_path, make)
    (path,) = tmp_path.glob("*.npz")
    path.write_bytes(path.read_bytes()[:size])
    assert entry_of(tmp_path, make) == [*range(1000)]
    assert make.made == 2
    entry_of(tmp_path, make)
    assert make.made == 2


def test_a_damaged_entry_is_made_again(tmp_path: Path) -> None:
    """One byte in the middle is another."""
    make = Maker()
    entry_of(tmp_path, make)
    (path,) = tmp_path.glob("*.npz")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert entry_of(tmp_path, make) == [*range(1000)]
    assert make.made == 2


def test_a_packed_entry_is_made_again(tmp_path: Path) -> None:
    """An archive that grows when it is unpacked is none of ours."""
    make = Maker()
    entry_of(tmp_path, make)
    (path,) = tmp_path.glob("*.npz")
    np.savez_compressed(path, numbers=np.zeros(1_000_000))
    assert entry_of(tmp_path, make) == [*range(1000)]
    assert make.made == 2


def test_another_entry_under_its_name_is_not_taken(tmp_path: Path) -> None:
    """A sound file, copied there by hand."""
    make = Maker()
    DatasetCache(tmp_path, silent).get_or_make("other", "k" * 64, lambda: {"n": np.zeros(3)})
    (path,) = tmp_path.glob("other-*.npz")
    path.rename(path.with_name(path.name.replace("other", "test")))
    assert entry_of(tmp_path, make) == [*range(1000)]
    assert make.made == 1


def test_a_killed_run_leaves_no_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed while it writes: what it wrote so far is not taken for an entry."""
    make = Maker()

    def die(file: int) -> None:
        raise KeyboardInterrupt("killed")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", die)
        with pytest.raises(KeyboardInterrupt, match="killed"):
            entry_of(tmp_path, make)
    assert not list(tmp_path.glob("*.npz"))
    assert entry_of(tmp_path, make) == [*range(1000)]
    assert make.made == 2


RUN = """
import sys
import time
from pathlib import Path

import numpy as np

from planner.travel.dataset_cache import DatasetCache

folder, log, size, before = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]


def make():
    with log.open("a") as file:
        file.write("made ")
    sys.stdin.readline()
    return {"numbers": np.arange(size)}


def on_stage(what, share):
    print(what, file=sys.stderr, flush=True)


exec(before)
print(len(DatasetCache(folder, on_stage).get_or_make("test", "k" * 64, make)["numbers"]))
"""


def run_beside(folder: Path, *, size: int = 1000, before: str = "") -> Run:
    """Another process that begins to make the entry, and ends when it is sent a line."""
    words = [folder, folder.parent / "log", size, before]
    return subprocess.Popen(
        [sys.executable, "-c", RUN, *map(str, words)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(what: Callable[[], bool]) -> None:
    """Wait until something is so."""
    while not what():
        time.sleep(0.02)


@pytest.mark.slow
def test_of_two_runs_at_once_one_prepares(tmp_path: Path) -> None:
    """The other says that it waits, and reads what the first has made."""
    folder, log = tmp_path / "cache", tmp_path / "log"
    first = run_beside(folder)
    wait_for(log.exists)
    second = run_beside(folder)
    assert second.stderr is not None
    assert second.stderr.readline() == "another run is preparing roads; waiting for it\n"
    assert first.communicate("\n") == ("1000\n", "")
    assert second.communicate() == ("1000\n", "")
    assert log.read_text() == "made "


@pytest.mark.slow
@pytest.mark.parametrize(
    "before",
    ["", "import os; os.fsync = lambda file: (log.write_text('writes'), sys.stdin.readline())"],
)
def test_a_run_killed_half_way_keeps_nobody_waiting(tmp_path: Path, before: str) -> None:
    """Killed while it prepares, or while it writes; the next run starts clean, at once."""
    folder, log = tmp_path / "cache", tmp_path / "log"
    killed = run_beside(folder, before=before)
    wait_for(lambda: log.exists() and log.read_text() == "made ")
    if before:
        assert killed.stdin is not None
        killed.stdin.write("\n")
        killed.stdin.flush()
        wait_for(lambda: log.read_text() == "writes")
    killed.kill()
    killed.communicate()
    make = Maker()
    assert entry_of(folder, make) == entry_of(folder, make) == [*range(1000)]
    assert make.made == 1


@pytest.mark.slow
def test_a_run_that_hangs_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    """Where patience ends, one prepares for oneself."""
    folder, log = tmp_path / "cache", tmp_path / "log"
    hanging = run_beside(folder)
    wait_for(log.exists)
    impatient = DatasetCache(folder, silent, patience_s=0)
    try:
        assert list(impatient.get_or_make("test", "k" * 64, Maker())["numbers"]) == [*range(1000)]
    finally:
        hanging.kill()
        hanging.communicate()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file's size")
def test_a_disk_that_fills_up_while_writing_is_done_without(tmp_path: Path) -> None:
    """No file may grow beyond 64 kB; the entry has 800."""
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))"
    full = run_beside(tmp_path / "cache", size=100_000, before=limit)
    said, told = full.communicate("\n")
    assert said == "100000\n"
    assert told.startswith("cannot store prepared roads in")
    assert not list((tmp_path / "cache").glob("test-*"))


def test_where_nothing_can_be_locked_one_prepares_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on some network drives."""

    def refuse(*args: object, **options: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr(FileLock, "acquire", refuse)
    assert entry_of(tmp_path, Maker()) == [*range(1000)]


def test_what_a_killed_run_left_is_removed_in_time(tmp_path: Path) -> None:
    """A file being written is left alone for a day."""
    old, new = tmp_path / "legs-a.1.tmp", tmp_path / "legs-b.2.tmp"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    entry_of(tmp_path, Maker())
    assert not old.exists()
    assert new.exists()


def test_a_full_disk_is_told_and_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The entry is made and used; nothing half-written stays."""
    said: list[str] = []

    def full(file: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    store = DatasetCache(tmp_path, lambda what, share: said.append(what))
    assert len(store.get_or_make("test", "k", Maker())["numbers"]) == 1000
    assert said == [f"cannot store prepared roads in {tmp_path} ({os.strerror(errno.ENOSPC)})"]
    assert not list(tmp_path.glob("test-*"))


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "file").write_bytes(b"")
    assert entry_of(tmp_path / "file" / "folder", Maker()) == [*range(1000)]


def test_entries_not_used_for_longest_go(tmp_path: Path) -> None:
    """Twelve are kept; the first of thirteen goes."""
    store = DatasetCache(tmp_path, silent)
    for number in range(13):
        store.get_or_make("test", f"{number:032}", Maker())
        os.utime(tmp_path / f"test-{number:032}.npz", (number, number))
    assert not (tmp_path / f"test-{0:032}.npz").exists()
    assert len(list(tmp_path.glob("*.npz"))) == 12


def test_a_second_run_finds_the_same_without_reading_the_roads(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Times, reasons, lines and directions are those of the first run."""
    places = [*PLACES, corner("Q"), corner("G", ("small",))]
    first = make_travel(places, town, SPEEDS, cache=tmp_path)
    monkeypatch.setattr("planner.travel.routing_dataset.read_extract", None)
    second = make_travel(places, town, SPEEDS, cache=tmp_path)
    assert np.array_equal(first.drive_s, second.drive_s)
    assert first.unreached == second.unreached
    assert first.line(0, 3) == second.line(0, 3)
    assert first.directions(0, 1) == second.directions(0, 1)


def test_another_road_file_or_speed_is_prepared_anew(town: Path, tmp_path: Path) -> None:
    """A town whose streets are driven at half the speed; a town without its bridge."""
    cache = tmp_path / "cache"
    assert make_travel(PLACES, town, SPEEDS, cache=cache).drive_s[0, 1] == 40
    slow = type(SPEEDS)(by_highway_kmh={"residential": 18})
    assert make_travel(PLACES, town, slow, cache=cache).drive_s[0, 1] == 80
    streets = {"AB": {"highway": "residential"}, "BFGH": {"highway": "residential"}}
    other = write_extract(tmp_path / "town.osm.pbf", streets, turns=(), node_tags={})
    assert make_travel([corner("A"), corner("H")], other, SPEEDS, cache=cache).drive_s[0, 1] == 40


def test_changed_code_prepares_anew(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another version has made is not read."""
    make_travel(PLACES, town, SPEEDS, cache=tmp_path)
    before = len(list(tmp_path.glob("*.npz")))
    monkeypatch.setattr("planner.travel.routing_dataset.code_version", lambda: "another")
    make_travel(PLACES, town, SPEEDS, cache=tmp_path)
    assert len(list(tmp_path.glob("*.npz"))) == 2 * before


@pytest.mark.parametrize("name", ["arrays.py", "geo.py", "jit.py", "travel/contraction.py"])
def test_every_file_that_prepares_roads_is_part_of_its_version(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line more in one of them is another version."""
    package = Path(dataset_cache.__file__).parents[1]
    copy = tmp_path / "planner"
    shutil.copytree(package / "travel", copy / "travel")
    for shared in ("arrays.py", "geo.py", "jit.py"):
        shutil.copy(package / shared, copy)
    monkeypatch.setattr(dataset_cache, "__file__", str(copy / "travel" / "dataset_cache.py"))
    before = code_version()
    with (copy / name).open("a") as file:
        file.write("# Changed.\n")
    assert code_version() != before
