"""What was understood of a district folder, in lines to read and as data."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from planner.analysis.look_here import OddUnit
from planner.analysis.origins import uncovered_by_rw
from planner.analysis.overview import Overview, UncoveredPart
from planner.district import VAN_CLASSES
from planner.horizon import LeftOut
from planner.i18n.messages import say
from planner.i18n.words import Words
from planner.render.summary_text import format_uncovered
from planner.travel.network_report import USUAL_DETOUR, USUAL_KMH, TravelStatistics

_SHOWN_NAMES = 10
"""Of more kelurahan, so many are named."""


def encode_overview(overview: Overview, words: Words) -> dict[str, Any]:
    """For JSON: counts and dates, and sentences in the language of the reader."""
    horizon = overview.horizon
    district, instance = horizon.district, horizon.instance
    return {
        "office": district.office.name,
        "week": horizon.week,
        "days": [day.isoformat() for day in instance.dates],
        "unrecorded": horizon.backlog,
        **dict(zip(("official", "unreachable", "counted_twice"), overview.counted, strict=True)),
        "turning_17_in_a_year": overview.turning_17,
        "expected": overview.expected,
        "uncovered": horizon.uncovered,
        "uncovered_rw": [asdict(rw) for rw in uncovered_by_rw(horizon)],
        "neighbourhoods": len(overview.home_ids),
        "places": {of_type.key: count for of_type, count in overview.venues},
        "sites": overview.num_sites,
        "not_printed": overview.not_printed,
        "drafts": overview.num_drafts,
        "opened_by_permission": overview.num_opened,
        "vans": len(instance.vans),
        "van_days": len(instance.van_days),
        "roads": _roads(overview, words),
        "drives": "" if overview.drives is None else _drives(overview.drives, words),
        "left_out": [_left_out(item, words) for item in horizon.left_out],
        "kept_away": list(_kept_away(overview, words)),
        "warnings": list(_warnings(overview, words)),
        "look_here": [_odd_unit(odd, words) for odd in overview.odd_units],
    }


def format_overview(overview: Overview, words: Words) -> list[str]:
    """The overview in sentences, a line each."""
    horizon, number = overview.horizon, words.number
    district, instance = horizon.district, horizon.instance
    lines = [
        district.office.name,
        words(
            "people: {unrecorded} unrecorded in {rows} RT rows and at places; {uncovered} of them"
            " have no point within walking distance",
            unrecorded=number(horizon.backlog),
            rows=number(len(overview.home_ids)),
            uncovered=number(horizon.uncovered),
        ),
        words(
            "as SIAK counts: {official} by the tables, less {unreachable} who are not there any"
            " more, less {twice} who stand in two tables",
            official=number(overview.counted[0]),
            unreachable=number(overview.counted[1]),
            twice=number(overview.counted[2]),
        ),
        words(
            "places: {places}",
            places=", ".join(
                f"{number(count)} {words.translate(of_type.plural)}"
                for of_type, count in overview.venues
            ),
        ),
        words(
            "week {week}: {sites} places can be visited, {drafts} of them not yet confirmed;"
            " {expected} people expected there",
            week=horizon.week,
            sites=number(overview.num_sites),
            drafts=number(overview.num_drafts),
            expected=number(overview.expected),
        ),
        words(
            "vans: {vans}; shifts: {shifts}, on {days}",
            vans=len(instance.vans),
            shifts=len(instance.van_days),
            days=", ".join(map(words.short_date, instance.dates)) or "-",
        ),
        words("roads: {roads}", roads=_roads(overview, words)),
    ]
    if overview.not_printed:
        waiting = number(overview.not_printed)
        lines.append(words("cards: {people} people recorded wait for theirs", people=waiting))
    if overview.turning_17:
        lines.append(
            words(
                "inflow: {people} residents turn 17 in the year from that week",
                people=number(overview.turning_17),
            )
        )
    if rows := uncovered_by_rw(horizon):
        lines.append(
            words(
                "without a place within walking distance: {rows}",
                rows=format_uncovered(rows, words),
            )
        )
    if overview.num_opened:
        lines.append(
            words.number_of(
                "opened by [hours] approved_school: {n} school whose row has no hours",
                "opened by [hours] approved_school: {n} schools whose rows have no hours",
                overview.num_opened,
            )
        )
    if overview.drives:
        lines.append(words("drives: typically {drives}", drives=_drives(overview.drives, words)))
    sections = {
        words("left out of {week}:", week=horizon.week): (
            _left_out(item, words) for item in overview.left_out
        ),
        words("not reachable by every van:"): _kept_away(overview, words),
        words("please check:"): _warnings(overview, words),
        words("look here, the register may count people who are gone, or miss some:"): (
            words.translate(odd.message) for odd in overview.odd_units
        ),
    }
    for heading, items in sections.items():
        if told := [f"  {item}" for item in items]:
            lines += ["", heading, *told]
    return lines


def _roads(overview: Overview, words: Words) -> str:
    horizon = overview.horizon
    return words("straight lines") if horizon.travel.straight else str(horizon.district.roads)


def _drives(drives: TravelStatistics, words: Words) -> str:
    return words.translate(
        say(
            "{kmh:.0f} km/h, {detour:.2f} times the straight line"
            " (in cities {slow:.0f} to {fast:.0f} km/h, {low:.1f} to {high:.1f} times)",
            kmh=drives.speed_kmh,
            detour=drives.detour,
            slow=USUAL_KMH[0],
            fast=USUAL_KMH[1],
            low=USUAL_DETOUR[0],
            high=USUAL_DETOUR[1],
        )
    )


def _odd_unit(odd: OddUnit, words: Words) -> dict[str, Any]:
    return {
        "code": odd.count.code,
        "rw": odd.count.rw,
        "rt": odd.count.rt,
        "test": odd.test.value,
        "measure": odd.measure,
        "limit": odd.limit,
        "usual": odd.usual,
        "message": words.translate(odd.message),
    }


def _left_out(item: LeftOut, words: Words) -> str:
    place = {"name": item.venue.name, "id": item.venue.id, "reason": words(item.reason.value)}
    if item.detail:
        return words(
            "{name} ({id}): {reason}, {detail}", **place, detail=words.translate(item.detail)
        )
    return words("{name} ({id}): {reason}", **place)


def _kept_away(overview: Overview, words: Words) -> Iterator[str]:
    for venue, van_class, unreached in overview.kept_away:
        yield words(
            "{name} ({id}), vans of class '{van_class}': {cause}",
            name=venue.name,
            id=venue.id,
            van_class=words(van_class) if van_class in VAN_CLASSES else van_class,
            cause=words.translate(unreached.message),
        )


def _uncovered(overview: Overview, part: UncoveredPart, words: Words) -> str:
    district, number = overview.horizon.district, words.number
    names = ", ".join(part.kelurahan[:_SHOWN_NAMES])
    if more := len(part.kelurahan[_SHOWN_NAMES:]):
        names += " " + words.number_of("and {n} more", "and {n} more", more)
    return words(
        "{file} covers only a part of the district: {venues} of {all_venues} places and {rows} of"
        " {all_rows} RT rows lie where it has no roads{kelurahan}; cut it anew out of a larger"
        " extract, with planner roads --cut",
        file=district.roads.name if district.roads else "",
        venues=number(len(part.venues)),
        all_venues=number(len(district.venues)),
        rows=number(part.num_homes),
        all_rows=number(len(district.neighbourhoods)),
        kelurahan=words(", among them most of {names}", names=names) if names else "",
    )


def _warnings(overview: Overview, words: Words) -> Iterator[str]:
    """What the office should look at before it plans."""
    yield from map(words.translate, overview.horizon.district.warnings)
    yield from map(words.translate, overview.jumps)
    if overview.uncovered:
        yield _uncovered(overview, overview.uncovered, words)
    for item in overview.off_road:
        place, remedy = _left_out(item, words), words.translate(item.remedy)
        yield words("{place}; {remedy}", place=place, remedy=remedy)
    if overview.drives and overview.has_unusual_drives:
        yield words(
            "drives are unusual, typically {drives};"
            " check the road file and [roads] in planner.toml",
            drives=_drives(overview.drives, words),
        )
