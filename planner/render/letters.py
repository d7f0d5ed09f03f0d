"""Letters to the hosts of the visits, and the order that sends each crew out."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from planner.analysis.itinerary import Itinerary, StopAt
from planner.analysis.public_schedule import PublicVisit, venue_visits
from planner.backlog import turning_17
from planner.district import Venue
from planner.i18n.messages import say_n
from planner.i18n.words import Words
from planner.plan import Route
from planner.render.escape import to_line
from planner.render.hours_text import format_service, format_service_hours, format_visit_hours
from planner.render.letterhead import letterhead, signer
from planner.render.typesetting import Data, typeset_pdf
from planner.store.file_names import file_names
from planner.units import overlap_s
from planner.venues import addressee_of, place_of

BLANK = "." * 32
NAME_LENGTH = 90
MONTHS_AHEAD = 4
"""So many months of birthdays a letter to a school tells of."""

CREW = 4
"""Lines for names where the table of vans does not say how many go along."""


def typeset_letters(itinerary: Itinerary) -> dict[str, bytes]:
    """``letter-PLACE.pdf`` per host, ``assignment-DATE-VAN.pdf`` per van-day, and all in one.

    A host gets one letter for all visits, confirmed or not: it is how permission is asked.
    """
    words = itinerary.horizon.district.office.words
    stops = sorted(
        itinerary.all_stops(),
        key=lambda at: (place_of(at.venue.id), at.route.date, at.stop.arrive_s),
    )
    hosts = [list(group) for _, group in groupby(stops, key=lambda at: place_of(at.venue.id))]
    hosts.sort(key=lambda host: (host[0].venue.name, host[0].venue.id))
    places = [_place(itinerary, host[0]) for host in hosts]
    letters = [_letter(itinerary, stops, words) for stops in hosts]
    orders = [_assignment(itinerary, route, words) for route in itinerary.routes]
    names = [
        *file_names(f"letter-{place.name}" for place in places),
        *file_names(f"assignment-{route.date}-{route.van_id}" for route in itinerary.routes),
    ]
    day = itinerary.horizon.first_date
    papers = {"letters": letters, "assignments": orders} if orders else {}
    papers |= {name: [paper] for name, paper in zip(names, [*letters, *orders], strict=True)}
    return {
        f"{name}.pdf": typeset_pdf("letter.typ", _document(itinerary, content, words), day)
        for name, content in papers.items()
    }


def _document(itinerary: Itinerary, papers: Sequence[Data], words: Words) -> dict[str, Any]:
    return {
        "language": words.language,
        "title": " · ".join(dict.fromkeys(paper["title"] for paper in papers)),
        "office": letterhead(itinerary.horizon.district, itinerary.version_line),
        "signer": signer(itinerary) | {"blank": BLANK},
        "words": {
            "nip": words("NIP"),
            "draft": words("DRAFT"),
            "blank": words("This page is intentionally left blank."),
        },
        "papers": papers,
    }


def _letter(itinerary: Itinerary, stops: Sequence[StopAt], words: Words) -> Data:
    """Tells a host who has agreed; asks one who has not for permission and room."""
    venue = _place(itinerary, stops[0])
    asks = stops[0].draft
    needs = [words("We need a table, chairs, electricity and room to park the van.")]
    if venue.type.has_pupils:
        needs.append(words("Please prepare a list of pupils from 16 who are not recorded yet."))
        needs += _birthdays(itinerary, venue, stops[0].route.date, words)
    services = [*dict.fromkeys(_service(at, words) for at in stops)]
    title = words("Request for a place to record") if asks else words("Notice of a recording visit")
    if all(services) and asks:
        title = words("Request for room for the van")
    elif all(services):
        title = words("Notice of the van's visit")
    return {
        "order": False,
        "title": title,
        "date": words.letter_date(venue.letter_date) if venue.letter_date else BLANK,
        "head": [
            (words("Number"), to_line(venue.letter_number, NAME_LENGTH) or BLANK),
            (words("Enclosure"), "-"),
            (words("Subject"), title),
        ],
        "to": [
            words("To"),
            words.translate(addressee_of(venue.type, venue.category, venue.name)),
            to_line(venue.name, NAME_LENGTH),
            to_line(venue.address, NAME_LENGTH),
        ],
        "before": [words("Dear Sir or Madam,"), _purpose(venue, services, words)],
        "visits": [
            _stop_facts(at, visit, words)
            for at in stops
            for visit in venue_visits(itinerary, stops)
            if (visit.date, visit.venue) == (at.route.date, at.venue)
            and overlap_s(visit.hours, (at.stop.serve_s, at.stop.packup_s))
        ],
        "after": [
            words("People are asked to bring their family card (KK). The service is free."),
            *needs,
            words("Thank you for your attention and your help."),
        ],
    }


def _place(itinerary: Itinerary, at: StopAt) -> Venue:
    """Where a stop is, whatever it is for."""
    place = place_of(at.venue.id)
    return itinerary.venues.get(place) or itinerary.horizon.district.venues_of(())[place]


def _birthdays(itinerary: Itinerary, venue: Venue, day: date, words: Words) -> Iterator[str]:
    """How many pupils turn 17 in the month of a visit and those after it."""
    count = 12 * day.year + day.month - 1
    months = [date(n // 12, n % 12 + 1, 1) for n in range(count, count + MONTHS_AHEAD)]
    for month, people in turning_17(itinerary.horizon.district, venue.id, months).items():
        yield words.translate(
            say_n(
                "In {month} {n} of your pupils turns 17.",
                "In {month} {n} of your pupils turn 17.",
                people,
                month=words.month(month),
            )
        )


def _purpose(venue: Venue, services: Sequence[str], words: Words) -> str:
    """What happens at a place, and what is asked of its host.

    Parameters
    ----------
    services
        What the van comes for, among them a blank where people are recorded.
    """
    if all(services):
        names = ", ".join(services)
        if venue.is_confirmed:
            return words(
                "Our van comes to you for this service: {names}. Please tell those who wait for"
                " it. The van comes on:",
                names=names,
            )
        return words(
            "We would like to come to you with this service: {names}, and ask for your permission"
            " and for room. The van would come on:",
            names=names,
        )
    if venue.public:
        if venue.is_confirmed:
            return words(
                "We will record residents for the KTP-el in your neighbourhood. Please tell those"
                " who have not been recorded yet. The van comes on:"
            )
        return words(
            "We would like to record residents for the KTP-el in your neighbourhood, and ask for"
            " your permission and for room. The van would come on:"
        )
    if venue.is_confirmed:
        return words(
            "Thank you for your permission. We will record those at your place who do not have a"
            " KTP-el yet. Please tell them; the visit is not announced to others. The van comes on:"
        )
    return words(
        "We would like to record those at your place who do not have a KTP-el yet, and ask for"
        " your permission and for room. The van would come on:"
    )


def _assignment(itinerary: Itinerary, route: Route, words: Words) -> Data:
    """Orders a crew to a van on a date; names are filled in by hand."""
    vehicle = itinerary.vehicles[route.van_id]
    stops = [
        f"{at.order}. {to_line(at.venue.name, NAME_LENGTH)}, "
        f"{format_service_hours(at, words)}" + (f" ({words('DRAFT')})" if at.draft else "")
        for at in itinerary.stops(route)
    ]
    return {
        "order": True,
        "title": words("Assignment order"),
        "date": BLANK,
        "number": f"{words('Number')}: {BLANK}",
        "grounds": f"{words('Grounds')}: {BLANK * 2}",
        "orders": words("ORDERS"),
        "to": words("Assigned to"),
        "crew-headers": [
            words("No"),
            words("Name"),
            words("NIP"),
            words("Rank"),
            words("Post"),
        ],
        "crew": vehicle.crew or CREW,
        "for": words("To record residents for the KTP-el at these places:"),
        "visits": [
            [
                (words("Date"), words.long_date(route.date)),
                (words("Time"), words.hours(route.leave_s, route.return_s)),
                (words("Van"), to_line(f"{vehicle.id} ({vehicle.plate})", NAME_LENGTH)),
                *((words("Place") if index == 0 else "", stop) for index, stop in enumerate(stops)),
            ]
        ],
        "after": [words("To be carried out with full responsibility.")],
        "copies": f"{words('Copies')}: {BLANK}",
    }


def _service(at: StopAt, words: Words) -> str:
    """What people get beside recording; empty where they are recorded."""
    return format_service(at, words) if at.venue.service else ""


def _stop_facts(at: StopAt, visit: PublicVisit, words: Words) -> list[tuple[str, str]]:
    return [
        (words("Date"), words.long_date(at.route.date)),
        (words("The van arrives"), words.hours(at.stop.arrive_s, at.stop.depart_s)),
        (words("Service"), format_visit_hours(visit, words)),
        *([(words("Kind of service"), service)] if (service := _service(at, words)) else []),
        (words("People expected"), words.number(at.stop.people)),
        (words("Van"), to_line(f"{at.vehicle.id} ({at.vehicle.plate})", NAME_LENGTH)),
    ]
