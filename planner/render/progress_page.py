"""Progress on one page for the head of office."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from planner.analysis.progress import (
    ELSEWHERE,
    OUTCOMES,
    AreaProgress,
    NextWeekend,
    Progress,
    WeekProgress,
    sum_areas,
)
from planner.backlog import COUNTS
from planner.district import District
from planner.i18n.words import Words
from planner.render.escape import to_line
from planner.render.letterhead import letterhead
from planner.render.progress_tables import ITEMS, area_name
from planner.render.typesetting import typeset_pdf, typeset_png

WEEKS, BARS = 6, 12
"""So many weeks, and bars of people left, stand on the page."""

NAME = 40


@dataclass(frozen=True, slots=True)
class Limits:
    """How much stands on the page: areas, stops with fewer than planned, and stops to come.

    Areas are kelurahan if they are no more, else the kecamatan with most people left.
    """

    areas: int
    missed: int
    coming: int


LIMITS = (Limits(22, 6, 10), Limits(14, 4, 6), Limits(7, 2, 3))
"""The first with which all fits on one page is taken."""


def format_share(share: float | None, words: Words) -> str:
    """A share in percent, rounded down so that nothing is finished before its time."""
    if share is None:
        return "\N{EN DASH}"
    return f"{words.number(int(share * 10_000) / 100, 2)}\N{NO-BREAK SPACE}%"


def typeset_progress(district: District, progress: Progress) -> bytes:
    """The report of progress as a PDF of one page."""
    for limits in LIMITS:
        data = _page(district, progress, limits)
        if len(typeset_png("progress.typ", data, pixels_per_inch=5)) == 1:
            break
    return typeset_pdf("progress.typ", data, progress.day)


def _page(district: District, progress: Progress, limits: Limits) -> dict[str, Any]:
    words = district.office.words
    total = progress.total
    return {
        "language": words.language,
        "title": words("Progress of recording"),
        "office": letterhead(district, ""),
        "words": {
            "draft": "",
            "areas": words("Where people are left"),
            "weeks": words("Planned, published, done"),
            "missed": words("Why not more"),
            "left": words("People left, week by week"),
            "stock": words("Stock and printing"),
            "spread": words("Who was reached"),
            "next": words("Next weekend"),
        },
        "day": words("as of {day}", day=words.letter_date(progress.day)),
        "figures": _figures(total, progress, words),
        "note": ""
        if total.eligible is not None
        else words("Shares need the column wajib_ktp in the table rt, for every row."),
        "areas": _areas(progress, limits.areas, words),
        "weeks": _weeks(progress.weeks, words),
        "missed": _missed(progress.weeks, limits.missed, words),
        "bars": _bars(progress, words),
        "stock": _stock(progress, words),
        "spread": {
            "points": [[*point] for point in progress.spread],
            "told": _told(progress, words),
        },
        "next": _next(progress.next_weekend, limits.coming, words),
    }


def _number(number: int | None, words: Words) -> str:
    return "\N{EN DASH}" if number is None else words.number(number)


def _figures(total: AreaProgress, progress: Progress, words: Words) -> list[list[str]]:
    return [
        [words("Wajib KTP"), _number(total.eligible, words)],
        [words("Recorded"), _number(total.recorded, words)],
        [words("Left"), words.number(total.left)],
        [words("Official"), format_share(total.official, words)],
        [words("Of the reachable"), format_share(total.of_reachable, words)],
        [words("Recorded by vans"), words.number(total.by_vans)],
        [words("Recorded, not printed"), words.number(total.not_printed)],
        [words("Stuck"), words.number(total.stuck)],
    ]


def _areas(progress: Progress, limit: int, words: Words) -> list[list[str]]:
    """Heads, rows and the total."""
    areas = progress.areas if len(progress.areas) <= limit else progress.kecamatan
    head = [
        words("Kelurahan") if areas is progress.areas else words("Kecamatan"),
        words("Wajib KTP"),
        words("Recorded"),
        words("of them by vans"),
        words("Struck off"),
        words("Left"),
        words("Official"),
        words("Of the reachable"),
    ]
    shown = [*areas] if len(areas) <= limit else _with_others(areas, limit, words)
    rows = [_area(area, to_line(area_name(area, words), NAME), words) for area in shown]
    return [head, *rows, _area(progress.total, words("Total"), words)]


def _with_others(areas: Sequence[AreaProgress], limit: int, words: Words) -> list[AreaProgress]:
    """Those with the most people left, and all others as one."""
    ordered = sorted(areas, key=lambda area: -area.left)
    others = sum_areas(ordered[limit - 1 :], name=words("others"))
    return [*ordered[: limit - 1], others]


def _area(area: AreaProgress, name: str, words: Words) -> list[str]:
    return [
        name,
        _number(area.eligible, words),
        _number(area.recorded, words),
        words.number(area.by_vans),
        words.number(area.struck_off),
        words.number(area.left),
        format_share(area.official, words),
        format_share(area.of_reachable, words),
    ]


def _weeks(weeks: Sequence[WeekProgress], words: Words) -> list[list[str]]:
    head = [words(name) for name in ("Week", "Planned", "Published", "Done", "Stops told")]
    return [
        head,
        *(
            [
                week.week,
                _number(week.planned, words),
                words.number(week.published),
                words.number(week.recorded),
                f"{words.number(week.told)}/{words.number(week.stops)}",
            ]
            for week in weeks[-WEEKS:]
        ),
    ]


def _missed(weeks: Sequence[WeekProgress], limit: int, words: Words) -> list[str]:
    """Of the last week with tallies: what became of the others, and which stops fell short."""
    told = [week for week in weeks if week.told]
    if not told:
        return []
    week = told[-1]
    outcomes = [
        f"{words(COUNTS[name])} {words.number(week.outcomes[name])}"
        for name in OUTCOMES
        if week.outcomes[name]
    ]
    services = [
        f"{words(COUNTS[name])} {words.number(done)}" for name, (_, done) in week.services.items()
    ]
    lines = [f"{week.week}: {', '.join(told)}" for told in (outcomes, services) if told]
    for missed in week.missed[:limit]:
        stop = missed.stop
        done = words("no numbers yet") if missed.done is None else _number(missed.done, words)
        line = words(
            "{name}, {day}: {done} of {people}",
            name=to_line(stop.name, NAME),
            day=words.short_date(stop.day),
            done=done,
            people=words.number(stop.people),
        )
        lines.append(f"{line} · {to_line(missed.note, NAME)}" if missed.note else line)
    return lines


def _bars(progress: Progress, words: Words) -> list[dict[str, Any]]:
    shown = progress.burn_down[-BARS:]
    most = max([1, *(left for _, left in shown)])
    return [
        {"day": f"{day.day}/{day.month}", "left": words.number(left), "share": left / most}
        for day, left in shown
    ]


def _stock(progress: Progress, words: Words) -> list[list[str]]:
    head = [words(name) for name in ("Stock", "Received", "Used", "Spoiled", "Left")]
    rows = [
        [
            words(ITEMS[item]),
            words.number(stock.received),
            words.number(stock.used),
            words.number(stock.spoiled),
            _number(stock.left, words),
        ]
        for item, stock in progress.stock.items()
    ]
    return [head, *rows]


def _told(progress: Progress, words: Words) -> str:
    """How evenly stops are spread over kelurahan, in a sentence."""
    if not progress.spread:
        return words("No stop has recorded anybody yet.")
    areas = [area for area in progress.areas if area.code != ELSEWHERE]
    half = next(number for number, (_, visits) in enumerate(progress.spread) if visits >= 0.5)
    return words(
        "{visited} of {all} kelurahan had a stop; half of all stops were in {half} of them.",
        visited=sum(area.visits > 0 for area in areas),
        all=len(areas),
        half=half,
    )


def _next(coming: NextWeekend | None, limit: int, words: Words) -> list[str]:
    if coming is None:
        return [words("There is no plan yet.")]
    state = words("published") if coming.is_published else words("not published yet")
    people = sum(stop.people for stop in coming.stops if not stop.service)
    lines = [
        words(
            "{week}, {state}: {people}, {stops}",
            week=coming.week,
            state=state,
            people=words.number_of("{n} person", "{n} people", people),
            stops=words.number_of("{n} stop", "{n} stops", len(coming.stops)),
        )
    ]
    for stop in coming.stops[:limit]:
        hours = words.hours(stop.serve_s, stop.packup_s)
        when = f"{words.short_date(stop.day)} {hours}"
        people_here = words.number(stop.people)
        lines.append(
            f"{when} · {to_line(stop.van, 10)} · {to_line(stop.name, NAME)} · {people_here}"
        )
    if len(coming.stops) > limit:
        lines.append(words("and {n} more stops", n=len(coming.stops) - limit))
    return lines
