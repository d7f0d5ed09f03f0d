"""What a plan comes to, in lines to read."""

from dataclasses import replace

from planner.analysis.summary import summarise_plan
from planner.i18n.words import Words
from planner.render.summary_text import build_summary_lines
from tests.builders.horizons import horizon, result, two_vans


def test_the_summary_is_read_in_the_offices_language() -> None:
    """No bound is known, so no gap is proven."""
    lines = build_summary_lines(summarise_plan(horizon(), result()), Words(language="id"))
    assert lines[:5] == [
        "Rencana 2026-W48",
        "terekam: 70 orang",
        "sisa belum rekam: 70 orang",
        "terekam bila semua pergi ke titik terdekat saja: 70 orang",
        "pemberhentian: 3 di 3 tempat; rute: 2",
    ]
    assert "penduduk dengan titik layanan dalam jarak jalan kaki: 100 dari 100" in lines
    assert "  Kecil: 100 / 100" in lines
    assert "selisih dari rencana terbaik: belum terbukti" in lines
    assert "draf, izin belum disetujui: 1 (Nama S1)" in lines


def test_the_summary_tells_a_proven_gap_and_an_estimate() -> None:
    """70 of at most 72 points; no road file."""
    proven = replace(result(), bound=70.0)
    lines = build_summary_lines(summarise_plan(horizon(roads=False), proven), Words(language="en"))
    assert "gap to the best possible plan: at most 2.14%" in lines
    assert lines[-1] == "Travel is estimated along straight lines: there is no road file."


def test_the_summary_names_the_rw_out_of_reach() -> None:
    """RW 002 is 1,112 m away from all places."""
    first, second = horizon().district.neighbourhoods
    given = horizon(neighbourhoods=(first, replace(second, rw="002", lat=-6.99)))
    lines = build_summary_lines(summarise_plan(given, result()), Words(language="en"))
    at = lines.index("people without a place within walking distance: 30")
    assert lines[at + 1] == "  RW 002 Kecil: 30"


def test_the_summary_says_what_another_decay_would_change() -> None:
    """From the fewest people to the most."""
    figures = replace(summarise_plan(horizon(), result()), by_decay={"step": 68, "linear": 61})
    line = "recorded if people come otherwise from far away (step, linear): 61 to 68"
    assert line in build_summary_lines(figures, Words(language="en"))


def test_the_summary_tells_what_a_plan_costs() -> None:
    """25 km at Rp 2,000 and 6 h 50 min at Rp 30,000 are Rp 255,000: Rp 3,643 for each of 70."""
    van = replace(horizon().district.vehicles[0], cost_per_km=2000, cost_per_h=30000)
    figures = summarise_plan(horizon(vehicles=(van,)), result())
    assert (figures.cost, figures.as_dict()["cost_per_recording"]) == (255000, 255000 / 70)
    lines = build_summary_lines(figures, Words(language="id"))
    assert "biaya: Rp 255.000, Rp 3.643 per perekaman" in lines


def test_costs_that_are_not_known_are_not_told() -> None:
    """The table of vans has none."""
    figures = summarise_plan(horizon(), result())
    assert figures.cost is None
    assert not any("Rp" in line for line in build_summary_lines(figures, Words(language="en")))


def test_stops_are_counted_apart_from_places() -> None:
    """Two stops at one place."""
    lines = build_summary_lines(summarise_plan(horizon(), two_vans(3600)), Words(language="en"))
    assert "stops: 2 at 1 places; routes: 2" in lines
