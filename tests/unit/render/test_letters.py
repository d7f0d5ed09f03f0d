"""Letters to hosts, orders to crews."""

from planner.render.letters import typeset_letters
from tests.builders.horizons import itinerary
from tests.builders.pdfs import text_of


def test_hosts_get_letters_and_crews_get_orders() -> None:
    """Point and office have agreed and are told, the school is asked; one letter each."""
    files = typeset_letters(itinerary())
    assert [*files] == [
        "letters.pdf",
        "assignments.pdf",
        "letter-Nama-O1.pdf",
        "letter-Nama-P1.pdf",
        "letter-Nama-S1.pdf",
        "assignment-2026-11-28-A.pdf",
        "assignment-2026-11-29-A.pdf",
    ]
    assert "Pengelola Nama P1 Jalan Satu" in text_of(files["letter-Nama-P1.pdf"])
    assert "Kepala Sekolah Nama S1" in text_of(files["letter-Nama-S1.pdf"])
    assert "mohon izin" in text_of(files["letter-Nama-S1.pdf"])
    assert "mohon izin" not in text_of(files["letter-Nama-O1.pdf"])
    assert "mohon izin" not in text_of(files["letter-Nama-P1.pdf"])
    order = text_of(files["assignment-2026-11-28-A.pdf"])
    assert "SURAT PERINTAH TUGAS" in order
    assert "1. Nama P1, 08.20–09.30 WIB 2. Nama S1, 10.30–11.40 WIB (DRAF)" in order
