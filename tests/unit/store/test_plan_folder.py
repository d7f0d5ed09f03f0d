"""The plan as table, GeoJSON and summary."""

import csv
import json
from dataclasses import replace
from io import StringIO
from itertools import pairwise
from typing import Any

from planner.analysis.summary import summary, summary_lines
from planner.horizon import unvisited_venues
from planner.plan import Plan
from planner.render.geojson import build_geojson
from planner.render.schedule_csv import build_schedule_csv
from planner.venues import POINT
from tests.builders.districts import venue
from tests.builders.horizons import horizon, result


def rows(**changes: Any) -> list[dict[str, str]]:
    text = build_schedule_csv(horizon(**changes), result()).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def features(kind: str) -> list[dict[str, Any]]:
    given = horizon()
    text = build_geojson(given, result(), unvisited_venues(given, result().plan))
    found: list[dict[str, Any]] = json.loads(text)["features"]
    return [feature for feature in found if feature["properties"]["kind"] == kind]


def test_the_schedule_has_a_row_per_stop() -> None:
    """Two on Saturday, one on Sunday; the school is a draft."""
    assert [row["Lokasi"] for row in rows()] == ["Nama P1", "Nama S1", "Nama O1"]
    assert [row["Keterangan"] for row in rows()] == ["", "DRAF", ""]
    assert rows()[0] == {
        "No": "1",
        "Hari/Tanggal": "Sabtu, 28 November 2026",
        "Mobil": "A",
        "Nomor polisi": "X 1 YZ",
        "Urutan": "1",
        "Lokasi": "Nama P1",
        "Alamat": "Jalan Satu",
        "Kelurahan": "Kecil",
        "Kecamatan": "Utara",
        "Tiba": "07.50",
        "Mulai": "08.20",
        "Selesai": "09.30",
        "Berangkat": "09.50",
        "Sasaran": "20",
        "Kontak": "Ketua RW, 0800",
        "Izin": "disetujui",
        "Keterangan": "",
    }


def test_the_schedule_speaks_the_offices_language() -> None:
    """English by setting."""
    assert rows(language="en")[1]["Permission"] == "letter sent"


def test_the_schedule_runs_no_formula() -> None:
    """A point called ``=1+1``."""
    named = venue("P1", POINT, -7.0, name="=1+1")
    given = (named, *horizon().district.venues[1:])
    assert rows(venues=given)[0]["Lokasi"] == "'=1+1"


def test_routes_are_lines_without_repeated_points() -> None:
    """Each drive begins where the last one ended; the way home ends at the depot."""
    saturday, sunday = features("route")
    assert saturday["geometry"]["type"] == "LineString"
    line = saturday["geometry"]["coordinates"]
    assert line[0] == line[-1] == [110.0, -7.03]
    assert all(a != b for a, b in pairwise(line))
    assert saturday["properties"]["drive_m"] == 15000
    assert sunday["properties"]["people"] == 7


def test_stops_are_points_with_local_times() -> None:
    """The school is the second stop of Saturday."""
    _, school, _ = features("stop")
    assert school["geometry"] == {"type": "Point", "coordinates": [110.01, -7.01]}
    assert school["properties"]["serve"] == "2026-11-28T10:30:00"
    assert school["properties"]["draft"] is True


def test_places_left_out_are_points_with_their_reason() -> None:
    """The office that refused."""
    (refused,) = features("left out")
    assert refused["properties"]["reason"] == "permission refused"
    assert refused["properties"]["detail"] == "rapat"


def test_the_summary_counts_the_plan() -> None:
    """Five drives of 10 min and 5 km; vans are away 4.5 h and 2 h 20 min."""
    found = summary(horizon(), result())
    assert (found.people, found.left, found.stops, found.routes) == (70, 70, 3, 2)
    assert (found.km, found.drive_h, found.van_h) == (25.0, 0.83, 6.83)
    assert round(found.recordings_per_van_h, 1) == 10.2
    assert found.drafts == ("Nama S1",)
    assert found.left_out == {"permission refused": 1}
    assert found.gap is None


def test_the_summary_is_read_in_the_offices_language() -> None:
    """No bound is known, so no gap is proven."""
    lines = summary_lines(summary(horizon(), result()), "id")
    assert lines[:4] == [
        "Rencana 2026-W48",
        "terekam: 70 orang",
        "sisa belum rekam: 70 orang",
        "titik layanan: 3 pada 2 rute",
    ]
    assert "selisih dari rencana terbaik: belum terbukti" in lines
    assert "draf, izin belum disetujui: 1 (Nama S1)" in lines


def test_the_summary_tells_a_proven_gap_and_an_estimate() -> None:
    """70 of at most 72 points; no road file."""
    proven = replace(result(), bound=70.0)
    lines = summary_lines(summary(horizon(roads=False), proven), "en")
    assert "gap to the best possible plan: at most 2.14%" in lines
    assert lines[-1] == "Travel is estimated along straight lines: there is no road file."


def test_a_plan_without_stops_has_a_rate_of_nothing() -> None:
    """No route, no division by zero."""
    found = summary(horizon(), replace(result(people=0), plan=Plan()))
    assert (found.stops, found.recordings_per_van_h, found.left) == (0, 0.0, 140)
