"""Texts for WhatsApp."""

from dataclasses import replace

from planner.analysis.itinerary import Itinerary
from planner.render.notices import compose_notices
from tests.builders.horizons import horizon, result


def test_a_text_for_whatsapp_tells_place_date_hours_and_what_to_bring() -> None:
    """The point, with stars in its name that would make bold letters."""
    given = horizon()
    starred = [replace(venue, name="Balai *RW*") for venue in given.venues]
    files = compose_notices(
        Itinerary(replace(given, venues=tuple(starred)), result().plan), drafts=False
    )
    assert files["text-Balai-RW.txt"].decode() == (
        "*Jemput Bola Perekaman KTP-el*\n"
        "Dinas Kota Kecil\n"
        "\n"
        "*Balai \u2217RW\u2217*\n"
        "Kecil\n"
        "Minggu, 29 November 2026, 08.30–09.40 WIB\n"
        "\n"
        "Bawa kartu keluarga (KK).\n"
        "Untuk warga berusia 17 tahun ke atas atau sudah menikah;"
        " usia 16 tahun sudah boleh merekam.\n"
        "Gratis, tidak dipungut biaya.\n"
        "Peta: https://maps.google.com/?q=-7.020000,109.990000\n"
    )
    assert len(files) == 2
