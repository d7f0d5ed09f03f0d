"""What a plan comes to, in lines to read."""

from dataclasses import replace

from planner.analysis.summary import summarise_plan
from planner.i18n.words import Words
from planner.render.summary_text import build_summary_lines
from tests.builders.horizons import horizon, result


def test_the_summary_is_read_in_the_offices_language() -> None:
    """No bound is known, so no gap is proven."""
    lines = build_summary_lines(summarise_plan(horizon(), result()), Words(language="id"))
    assert lines[:5] == [
        "Rencana 2026-W48",
        "terekam: 70 orang",
        "sisa belum rekam: 70 orang",
        "terekam bila semua pergi ke titik terdekat saja: 70 orang",
        "titik layanan: 3; rute: 2",
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
