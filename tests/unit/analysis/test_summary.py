"""What a plan comes to."""

from dataclasses import replace

from planner.analysis.summary import summary, summary_lines
from planner.plan import Plan
from tests.builders.horizons import horizon, result


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
