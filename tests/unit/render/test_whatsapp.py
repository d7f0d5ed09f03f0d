"""Texts for WhatsApp."""

from dataclasses import replace

import pytest

from planner.analysis.itinerary import Itinerary
from planner.analysis.public_schedule import public_visits
from planner.difference import compare_stops
from planner.horizon import Horizon
from planner.model import Break
from planner.plan import Plan
from planner.render.whatsapp import compose_host_messages, compose_notices, to_whatsapp
from tests.builders.horizons import horizon, itinerary, result

GIVEN = horizon(language="en")

VENUES = {venue.id: venue for venue in GIVEN.venues}


def test_a_text_for_whatsapp_tells_place_date_hours_and_what_to_bring() -> None:
    """The point, with stars in its name that would make bold letters."""
    given = horizon()
    starred = [replace(venue, name="Balai *RW*") for venue in given.venues]
    starry = Itinerary(replace(given, venues=tuple(starred)), result().plan)
    files = compose_notices(given.district.office, public_visits(starry, drafts=False))
    assert files["text-Balai-RW.txt"].decode() == (
        "*Jemput Bola Perekaman KTP-el*\n"
        "Dinas Kota Kecil\n"
        "\n"
        "*Balai \u2217RW\u2217*\n"
        "Kecil\n"
        "Minggu, 29 November 2026, 08.30–09.40 WIB\n"
        "Perekaman KTP-el\n"
        "\n"
        "Bawa kartu keluarga (KK).\n"
        "Untuk warga berusia 17 tahun ke atas atau sudah menikah;"
        " usia 16 tahun sudah boleh merekam.\n"
        "Gratis, tidak dipungut biaya.\n"
        "Peta: https://maps.google.com/?q=-7.020000,109.990000\n"
    )
    assert len(files) == 2


def test_a_place_without_address_leaves_no_blank_line() -> None:
    """Neither address nor kelurahan is known of the office."""
    visits = [replace(visit, kelurahan="") for visit in public_visits(itinerary(), drafts=False)]
    (text, *_) = compose_notices(GIVEN.district.office, visits).values()
    assert "\n\n*Nama O1*\nSunday" in text.decode()


def messages(after: Plan, reason: str = "", given: Horizon = GIVEN) -> dict[str, str]:
    """What hosts read once the small weekend becomes another."""
    changes = compare_stops(result().plan, after)
    found = compose_host_messages(Itinerary(given, after), changes, VENUES, reason)
    return {name: text.decode() for name, text in found.items()}


def test_only_those_whose_hours_change_are_told() -> None:
    """The school of Saturday is cancelled; point and office are as before."""
    saturday, sunday = result().plan.routes
    texts = messages(Plan(routes=(replace(saturday, stops=saturday.stops[:1]), sunday)))
    assert [*texts] == ["message-Nama-S1.txt"]
    assert (
        "~Saturday, 28 November 2026, 10:30–11:40 WIB~\n*CANCELLED*" in texts["message-Nama-S1.txt"]
    )


def test_a_host_reads_the_new_time_and_why() -> None:
    """Ten minutes later; stars in the reason make no bold letters."""
    saturday, sunday = result().plan.routes
    (stop,) = sunday.stops
    later = replace(stop, serve_s=stop.serve_s + 600)
    plan = Plan(routes=(saturday, replace(sunday, stops=(later,))))
    (text,) = messages(plan, "ban *kempis*").values()
    assert "*NEW TIME: Sunday, 29 November 2026, 08:40–09:40 WIB*" in text
    assert "ban ∗kempis∗" in text


def test_a_host_reads_the_break_in_the_new_time() -> None:
    """From 09.00 to 09.15."""
    saturday, sunday = result().plan.routes
    (stop,) = sunday.stops
    later = replace(stop, serve_s=stop.serve_s + 600)
    rested = replace(sunday, stops=(later,), break_start_s=32400)
    crew_break = Break(earliest_s=0, latest_s=86400, length_s=900)
    van = replace(GIVEN.district.vehicles[0], crew_break=crew_break)
    given = horizon(language="en", vehicles=(van,))
    (text,) = messages(Plan(routes=(saturday, rested)), given=given).values()
    assert "08:40–09:40 WIB, break 09:00–09:15*" in text


def test_the_same_plan_is_no_news() -> None:
    """Nobody is told."""
    assert messages(result().plan) == {}


def test_a_service_that_ends_now_ends_and_has_no_new_hours() -> None:
    """It begins as it was to, and is over half an hour sooner."""
    saturday, sunday = result().plan.routes
    (stop,) = sunday.stops
    shorter = replace(stop, packup_s=stop.packup_s - 1800)
    (text,) = messages(Plan(routes=(saturday, replace(sunday, stops=(shorter,))))).values()
    assert "08:30–09:40 WIB\n*ENDS AT 09:10*" in text
    assert "NEW TIME" not in text


def test_the_rest_hear_when_they_are_recorded() -> None:
    """Fewer people on Sunday: another date at the place, or one that will follow."""
    saturday, sunday = result().plan.routes
    (stop,) = sunday.stops
    shorter = replace(stop, packup_s=stop.packup_s - 1800, people=stop.people - 1)
    ended = Plan(routes=(saturday, replace(sunday, stops=(shorter,))))
    (text,) = messages(ended).values()
    assert "*ENDS AT 09:10*\nThe rest: a new date will follow." in text
    again = replace(stop, serve_s=36000, packup_s=39600, setup_s=34200, depart_s=40800)
    both = Plan(routes=(saturday, replace(sunday, stops=(shorter, again))))
    (text,) = messages(both).values()
    assert "*ENDS AT 09:10*\nThe rest on: Sunday, 29 November 2026, 10:00–11:00 WIB" in text
    assert "We are sorry" in text
    assert "May we come" in text


def test_a_service_that_lasts_longer_has_no_new_hours() -> None:
    """It begins as it was to."""
    saturday, sunday = result().plan.routes
    (stop,) = sunday.stops
    longer = replace(stop, packup_s=stop.packup_s + 1800, people=stop.people - 1)
    (text,) = messages(Plan(routes=(saturday, replace(sunday, stops=(longer,))))).values()
    assert "08:30–09:40 WIB\n*LASTS UNTIL 10:10*" in text
    assert "The rest" not in text


def test_a_new_host_is_asked() -> None:
    """The office of Sunday had no stop before."""
    saturday, sunday = result().plan.routes
    after = Plan(routes=(saturday, sunday))
    changes = compare_stops(Plan(routes=(saturday,)), after)
    found = compose_host_messages(Itinerary(GIVEN, after), changes, VENUES, "ban kempis")
    (text,) = (content.decode() for content in found.values())
    assert "people near you are still to be recorded. May we come" in text
    assert "ban kempis" not in text
    assert "*Request for a KTP-el recording place*" in text
    assert "May we come" in text
    assert "sorry" not in text


def test_a_host_hears_that_another_van_comes() -> None:
    """At the same hours."""
    saturday, sunday = result().plan.routes
    before = Plan(routes=(saturday, replace(sunday, van_id="Z")))
    changes = compare_stops(before, result().plan)
    (content,) = compose_host_messages(Itinerary(GIVEN, result().plan), changes, VENUES).values()
    text = content.decode()
    van = result().plan.routes[1].van_id
    assert f"08:30–09:40 WIB\nAnother van comes: {van}" in text
    assert "sorry" not in text


@pytest.mark.parametrize(
    "text",
    [
        "Peta: https://maps.app.goo.gl/a_B~c*d_ (pintu belakang)",
        "maps.app.goo.gl/x_y_z",
        "hubungi ketua_rw_01@desa.go.id",
        "www.kota.go.id/_info_ dan HTTPS://KOTA.GO.ID/~jadwal~",
    ],
)
def test_links_and_addresses_stay_as_they_are(text: str) -> None:
    """Whatever signs are in them; WhatsApp opens what it was given."""
    assert to_whatsapp(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*Balai* _RW_ ~01~ `x`", "\u2217Balai\u2217 \u02cdRW\u02cd \u223c01\u223c \u02cbx\u02cb"),
        ("_lihat https://a.id/b_c_", "\u02cdlihat https://a.id/b_c_"),
        ("- Balai RW", "\u2060- Balai RW"),
        ("> Balai RW", "\u2060> Balai RW"),
        ("1. Balai RW", "\u20601. Balai RW"),
        ("-Balai RW 1. lantai", "-Balai RW 1. lantai"),
    ],
)
def test_what_is_formatting_to_whatsapp_is_not(text: str, shown: str) -> None:
    """Pairs of signs outside of links; lists and quotations where a line begins."""
    assert to_whatsapp(text) == shown


def test_the_name_of_another_van_is_harmless_too() -> None:
    """``*B*`` comes in place of A."""
    saturday, sunday = result().plan.routes
    vehicle = GIVEN.district.vehicles[0]
    given = horizon(language="en", vehicles=(vehicle, replace(vehicle, id="*B*")))
    after = Plan(routes=(saturday, replace(sunday, van_id="*B*")))
    (text,) = messages(after, given=given).values()
    assert "\u2217B\u2217" in text
    assert "*B*" not in text
