"""A kind of place that only planner.toml names, from its table to map and letter."""

import json
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from typer.testing import CliRunner, Result

from planner.cli.app import app
from planner.errors import InputError
from planner.horizon import build_horizon
from planner.inputs import read_district
from planner.inputs.overrides import setting_key
from planner.model import Instance
from planner.venues import OFFICE, POINT, SCHOOL, VenueType, addressee_of
from tests.builders.folders import Folder, sound_folder

WEEK = "2026-W48"
SECTION = """
[venue_types.pasar]
like = "office"
name = "Pasar rakyat"
turnout = 0.4
minutes_per_person = 5
hours = "Sab-Min 07.00-12.00"
addressed_to = "Kepala Pasar"
"""
TABLE = """\
id,name,kind,lat,lon,unrecorded,permission
M1,Pasar Melati,pasar induk,-7.006,110.008,100,disetujui
"""


def run(*words: object) -> Result:
    """What a command says; there is no road file, which is worth a look."""
    answer = CliRunner().invoke(app, ["--lang", "en", *map(str, words)])
    assert answer.exit_code in {0, 1}, answer.output
    return answer


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """The sound folder with a market."""
    sound = sound_folder(tmp_path)
    sound.edit("planner.toml", 'code = "99.71"\n', f'code = "99.71"\n{SECTION}')
    sound.write("pasar.csv", TABLE)
    return sound


def week(folder: Folder) -> Instance:
    """The week to plan."""
    return build_horizon(read_district(folder.path), WEEK).instance


def expected(folder: Folder) -> dict[str, int]:
    """People whom each site of the week has of its own."""
    return {site.id: site.expected for site in week(folder).sites}


def test_a_market_is_read_as_its_section_says(folder: Folder) -> None:
    """100 unrecorded of whom 40 % come, five minutes each; the row gives no hours."""
    (market,) = (v for v in read_district(folder.path).venues if v.type.key == "pasar")
    assert (market.backlog, market.turnout, market.seconds_per_person) == (100, 0.4, 300)
    assert market.hours == {5: ((25200, 43200),), 6: ((25200, 43200),)}
    assert expected(folder)["M1"] == 40


def test_what_a_section_leaves_out_is_that_of_the_kind_it_is_like(folder: Folder) -> None:
    """Turnout of offices, 0.7; the market is called by its table."""
    folder.edit("planner.toml", SECTION, '[venue_types.pasar]\nlike = "office"\n')
    market = read_district(folder.path).venues[-1]
    assert (market.type.name, market.turnout, market.type.addressee) == (
        "pasar",
        0.7,
        "Head of the office",
    )


def test_a_kind_like_a_point_serves_those_around_it(folder: Folder) -> None:
    """It has the columns of points, and people of its own no more than they; everybody may come."""
    folder.edit("planner.toml", 'like = "office"', 'like = "point"')
    folder.write("pasar.csv", "id,name,kind,lat,lon\nM1,Pasar,pasar,-7.005,110.005\n")
    (site,) = (site for site in week(folder).sites if site.id == "M1")
    assert (site.expected, bool(site.draws)) == (0, True)
    assert read_district(folder.path).venues[-1].public


def test_the_calendar_closes_all_markets(folder: Folder) -> None:
    """Both days, by the name of the table."""
    folder.write(
        "calendar.csv", "date,scope,hours\n28/11/2026,pasar,tutup\n29/11/2026,pasar,tutup\n"
    )
    assert "M1" not in expected(folder)


def test_map_and_letter_name_the_market(folder: Folder) -> None:
    """Its name and kind in the map; the letter goes to its manager, who has agreed."""
    run("plan", folder.path, "--week", WEEK, "--solver", "greedy", "--iterations", 1)
    run("map", folder.path, "--week", WEEK)
    (page,) = folder.path.glob("maps/**/map.html")
    html = page.read_text(encoding="utf-8")
    assert "Pasar Melati" in html
    assert "Pasar rakyat" in html
    run("publish", folder.path, "--week", WEEK)
    (letter,) = folder.path.glob("office/**/letter-Pasar-Melati.pdf")
    text = pypdf.PdfReader(BytesIO(letter.read_bytes())).pages[0].extract_text()
    assert "Kepala Pasar" in text
    assert "Terima kasih atas izin" in " ".join(text.split())


def test_questions_name_the_kind(folder: Folder) -> None:
    """More people come to the market if nine of ten do."""
    answer = run(
        *("whatif", folder.path, "--week", WEEK, "--iterations", 1, "--processes", 1),
        *("--turnout", "pasar=0.9", "--set", "venue_types.pasar.minutes_per_person=2", "--json"),
    )
    before, after = json.loads(answer.stdout)
    assert after["people"] > before["people"]
    assert setting_key("venue_types.pasar.turnout") == "venue_types.pasar.turnout"


def test_check_counts_the_markets(folder: Folder) -> None:
    """Beside points, schools and offices."""
    assert "1 Pasar rakyat" in run("check", folder.path, "--week", WEEK).stdout


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "venue_types.pasar",
            "venue_types.schools",
            r"toml \[venue_types\] schools: 'schools' cannot be the name of a kind of place",
        ),
        ("turnout", "turnuot", r"\[venue_types\] pasar.turnuot: is not a known key; did you mean"),
        ('like = "office"', 'like = "mall"', r"pasar.like: 'mall' is unknown; use point, school"),
    ],
)
def test_a_section_that_cannot_be_is_named(
    folder: Folder, old: str, new: str, problem: str
) -> None:
    """A name that is taken, a setting that is none, a kind that is none."""
    folder.edit("planner.toml", old, new)
    with pytest.raises(InputError, match=problem):
        read_district(folder.path)


def test_a_section_says_whether_everybody_may_come(folder: Folder) -> None:
    """A market is like an office, of which nobody else is told, unless its section says so."""
    assert not read_district(folder.path).venues[-1].public
    folder.edit("planner.toml", 'like = "office"\n', 'like = "office"\npublic = true\n')
    assert read_district(folder.path).venues[-1].public
    folder.write(
        "pasar.csv", TABLE.replace("n\n", "n,public\n", 1).replace("ujui\n", "ujui,tidak\n")
    )
    assert not read_district(folder.path).venues[-1].public


@pytest.mark.parametrize(
    ("of_type", "category", "name", "addressee"),
    [
        (POINT, "balai RW", "Balai RW 04, Kelurahan Gambir", "Chief of the RW"),
        (POINT, "kantor kelurahan", "Aula", "Lurah"),
        (POINT, "aula", "Kantor Kelurahan Gambir", "Lurah"),
        (POINT, "Balai Desa", "Pendopo", "Head of the village"),
        (OFFICE, "government", "Kantor Kecamatan Gambir", "Camat"),
        (POINT, "taman", "Taman Suropati", "Manager of the place"),
        (OFFICE, "bank", "Bank Kota", "Head of the office"),
        (SCHOOL, "SMA", "SMA Desa Makmur", "Head of the school"),
        (SCHOOL, "MA", "Al Uji", "Head of the madrasah"),
        (POINT, "aula", "Puskesmas Gambir", "Head of the puskesmas"),
        (POINT, "balai dusun", "Pendopo", "Head of the dusun"),
    ],
)
def test_letters_go_to_whoever_heads_the_place(
    of_type: VenueType, category: str, name: str, addressee: str
) -> None:
    """A Lurah is no chief of an RW, and a park has a manager."""
    assert addressee_of(of_type, category, name) == addressee
