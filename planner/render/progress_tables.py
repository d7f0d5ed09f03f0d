"""Progress as a workbook for people and as data for programs."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from planner.analysis.progress import ELSEWHERE, OUTCOMES, AreaProgress, Progress
from planner.backlog import COUNTS, OTHER, STRUCK
from planner.i18n.messages import msgid, say
from planner.i18n.words import Words
from planner.render.escape import to_line
from planner.render.workbooks import Table, build_workbook
from planner.venues import SERVICES

ITEMS = {"cards": say("cards"), "ribbon": say("ribbon"), "film": say("film")}

OTHER_REASONS = msgid("other reasons")


def area_name(area: AreaProgress, words: Words) -> str:
    """What an area is called on paper."""
    if area.code == ELSEWHERE and not (area.name or area.kecamatan):
        return words("counted at schools and offices alone")
    return to_line(area.name or area.kecamatan, 60)


def progress_data(progress: Progress) -> dict[str, Any]:
    """Progress for programs; dates as ISO 8601, shares 0 to 1, unknown = null."""
    return {
        "format": "planner-progress/1",
        "day": progress.day.isoformat(),
        "total": _area_data(progress.total),
        "kecamatan": [_area_data(area) for area in progress.kecamatan],
        "kelurahan": [_area_data(area) for area in progress.areas],
        "weeks": [
            {
                "week": week.week,
                "planned": week.planned,
                "published": week.published,
                "stops": week.stops,
                "stops_told": week.told,
                "recorded": week.recorded,
                "outcomes": dict(week.outcomes),
                "services": {
                    name: {"published": published, "done": done}
                    for name, (published, done) in week.services.items()
                },
                "missed": [
                    {
                        "date": missed.stop.day.isoformat(),
                        "van": missed.stop.van,
                        "place": missed.stop.place,
                        "name": missed.stop.name,
                        "published": missed.stop.people,
                        "recorded": missed.done,
                        "note": missed.note,
                    }
                    for missed in week.missed
                ],
            }
            for week in progress.weeks
        ],
        "burn_down": [{"date": day.isoformat(), "left": left} for day, left in progress.burn_down],
        "printed": progress.printed,
        "recorded_not_printed": progress.total.not_printed,
        "stuck": [
            {"unit": unit.residual.unit, "kelurahan": unit.kelurahan, "stuck": unit.area.stuck}
            for unit in progress.units
            if unit.area.stuck
        ],
        "stock": {item: asdict(stock) for item, stock in progress.stock.items()},
        "spread": [{"areas": areas, "visits": visits} for areas, visits in progress.spread],
        "next_weekend": _next_data(progress),
    }


def _area_data(area: AreaProgress) -> dict[str, Any]:
    return {
        "code": area.code,
        "name": area.name,
        "kecamatan": area.kecamatan,
        "eligible": area.eligible,
        "recorded": area.recorded,
        "recorded_by_vans": area.by_vans,
        "struck_off": area.struck_off,
        "left": area.left,
        "stuck": area.stuck,
        "recorded_not_printed": area.not_printed,
        "official": area.official,
        "of_reachable": area.of_reachable,
        "visits": area.visits,
    }


def _next_data(progress: Progress) -> dict[str, Any] | None:
    coming = progress.next_weekend
    if coming is None:
        return None
    return {
        "week": coming.week,
        "published": coming.is_published,
        "stops": [asdict(stop) | {"day": stop.day.isoformat()} for stop in coming.stops],
    }


def build_progress_xlsx(progress: Progress, words: Words) -> bytes:
    """A sheet for each part of the report; numbers are numbers, sums are formulas."""
    title = words("Progress of recording")
    return build_workbook(title, progress.day, _sheets(progress, words), words)


def _sheets(progress: Progress, words: Words) -> Iterable[tuple[str, Table, bool]]:
    yield words("Kelurahan"), _area_columns(progress.areas, words), True
    yield words("Kecamatan"), _area_columns(progress.kecamatan, words), True
    yield words("Units"), _unit_columns(progress, words), True
    yield words("Stuck"), _stuck_columns(progress, words), True
    yield words("Weeks"), _week_columns(progress, words), False
    yield words("Why not"), _missed_columns(progress, words), False
    days, left = zip(*progress.burn_down, strict=True)
    yield words("Left"), [(words("Date"), days), (words("Left"), left)], False
    yield words("Stock"), _stock_columns(progress, words), False
    areas, visits = zip(*(progress.spread or [(0.0, 0.0)]), strict=True)
    spread = [(words("Share of kelurahan"), areas), (words("Share of stops"), visits)]
    yield words("Spread"), spread, False
    yield words("Next weekend"), _next_columns(progress, words), False


def _area_columns(areas: Sequence[AreaProgress], words: Words) -> Table:
    return [
        (words("Code"), [area.code for area in areas]),
        (words("Kecamatan"), [to_line(area.kecamatan, 60) for area in areas]),
        (
            words("Kelurahan"),
            [area_name(area, words) if area.name or not area.kecamatan else "" for area in areas],
        ),
        (words("Wajib KTP"), [area.eligible for area in areas]),
        (words("Recorded"), [area.recorded for area in areas]),
        (words("of them by vans"), [area.by_vans for area in areas]),
        (words("Struck off"), [area.struck_off for area in areas]),
        (words("Left"), [area.left for area in areas]),
        (words("Stuck"), [area.stuck for area in areas]),
        (words("Recorded, not printed"), [area.not_printed for area in areas]),
        (words("Official"), [area.official for area in areas]),
        (words("Of the reachable"), [area.of_reachable for area in areas]),
        (words("Stops"), [area.visits for area in areas]),
    ]


def _unit_columns(progress: Progress, words: Words) -> Table:
    """What has become of the people of every unit, and who says so."""
    units = progress.units
    balances = [unit.residual.balance for unit in units]
    return [
        (words("Unit"), [to_line(unit.name, 80) for unit in units]),
        (words("Kelurahan"), [to_line(unit.kelurahan, 60) for unit in units]),
        (words("Counted"), [balance.counts for balance in balances]),
        (words("Inflow"), [balance.inflow for balance in balances]),
        (words("Recorded since"), [balance.recorded_since for balance in balances]),
        (words("Stuck"), [balance.stuck for balance in balances]),
        *(
            (
                words(COUNTS.get(reason, OTHER_REASONS)),
                [unit.residual.reasons.get(reason, 0) for unit in units],
            )
            for reason in (*STRUCK, OTHER)
        ),
        (words("Left"), [balance.left for balance in balances]),
        (words("Recorded, not printed"), [unit.area.not_printed for unit in units]),
        (words("Official"), [unit.area.official for unit in units]),
        (words("Of the reachable"), [unit.area.of_reachable for unit in units]),
        (
            words("Source"),
            [", ".join(words(source) for source in unit.residual.sources) for unit in units],
        ),
    ]


def _stuck_columns(progress: Progress, words: Words) -> Table:
    """Where recordings have not arrived in the register, or cards are awaited; most first."""
    units = sorted(
        (unit for unit in progress.units if unit.area.stuck or unit.area.not_printed),
        key=lambda unit: (-unit.area.stuck, -unit.area.not_printed, unit.name),
    )
    return [
        (words("Kelurahan"), [to_line(unit.kelurahan, 60) for unit in units]),
        (words("Unit"), [to_line(unit.name, 80) for unit in units]),
        (words("Stuck"), [unit.area.stuck for unit in units]),
        (words("Recorded, not printed"), [unit.area.not_printed for unit in units]),
    ]


def _week_columns(progress: Progress, words: Words) -> Table:
    weeks = progress.weeks
    return [
        (words("Week"), [week.week for week in weeks]),
        (words("Planned"), [week.planned for week in weeks]),
        (words("Published"), [week.published for week in weeks]),
        (words("Done"), [week.recorded for week in weeks]),
        (words("Stops published"), [week.stops for week in weeks]),
        (words("Stops told"), [week.told for week in weeks]),
        *((words(COUNTS[name]), [week.outcomes[name] for week in weeks]) for name in OUTCOMES),
        *(
            (words(COUNTS[of.key]), [week.services.get(of.key, (0, 0))[1] for week in weeks])
            for of in SERVICES
        ),
    ]


def _missed_columns(progress: Progress, words: Words) -> Table:
    missed = [missed for week in reversed(progress.weeks) for missed in week.missed]
    return [
        (words("Date"), [each.stop.day for each in missed]),
        (words("Van"), [each.stop.van for each in missed]),
        (words("Place"), [to_line(each.stop.name, 80) for each in missed]),
        (words("Published"), [each.stop.people for each in missed]),
        (words("Done"), [each.done for each in missed]),
        (words("Obstacles"), [to_line(each.note, 200) for each in missed]),
    ]


def _stock_columns(progress: Progress, words: Words) -> Table:
    stocks = progress.stock.values()
    return [
        (words("Stock"), [words(ITEMS[item]) for item in progress.stock]),
        (words("Received"), [stock.received for stock in stocks]),
        (words("Used"), [stock.used for stock in stocks]),
        (words("Spoiled"), [stock.spoiled for stock in stocks]),
        (words("Left"), [stock.left for stock in stocks]),
    ]


def _next_columns(progress: Progress, words: Words) -> Table:
    stops = progress.next_weekend.stops if progress.next_weekend else ()
    return [
        (words("Date"), [stop.day for stop in stops]),
        (words("Van"), [to_line(stop.van) for stop in stops]),
        (words("Place"), [to_line(stop.name, 80) for stop in stops]),
        (words("Service"), [words.hours(stop.serve_s, stop.packup_s) for stop in stops]),
        (words("People"), [stop.people for stop in stops]),
    ]
