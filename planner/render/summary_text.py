"""What a plan comes to, in lines to read."""

from collections.abc import Iterable, Iterator, Mapping

from planner.analysis.origins import Uncovered
from planner.analysis.summary import Summary
from planner.district import part_name
from planner.i18n.words import Words
from planner.units import MINUTE_S
from planner.venues import SERVICES, VENUE_TYPES

MOST_SHOWN = 12
"""Of more RW without a place, so many are named; the map shows all."""


def build_summary_lines(summary: Summary, words: Words) -> list[str]:
    """The summary, a line each."""
    lines = [
        words("Plan for {week}", week=summary.week),
        words("people recorded: {count}", count=words.number(summary.people)),
        *service_lines(summary.services, words),
        words("people remaining: {count}", count=words.number(summary.left)),
        words(
            "recorded if everybody simply goes to the nearest stop: {count}",
            count=words.number(summary.at_nearest),
        ),
        words(
            "stops: {stops} at {places} places; routes: {routes}",
            stops=words.number(summary.stops),
            places=words.number(summary.places),
            routes=words.number(summary.routes),
        ),
        words(
            "driving: {km} km, {hours} hours",
            km=words.number(summary.km, 1),
            hours=words.number(summary.drive_h, 1),
        ),
        words(
            "recordings per van-hour: {rate} ({hours} van-hours)",
            rate=words.number(summary.recordings_per_van_h, 1),
            hours=words.number(summary.van_h, 1),
        ),
        *_cost_lines(summary, words),
        _gap_line(summary, words),
    ]
    if summary.of_odd_units:
        lines.append(
            words(
                "of them from units whose counts are odd, which planner check lists: {count}",
                count=words.number(summary.of_odd_units),
            )
        )
    if summary.assumes_permission:
        lines.append(words("DRAFT: it assumes that all hosts agree who have not refused"))
    if summary.drafts:
        names = ", ".join(summary.drafts)
        lines.append(
            words(
                "drafts, permission not confirmed: {count} ({names})",
                count=len(summary.drafts),
                names=names,
            )
        )
    if summary.left_out:
        lines.append(words("places left out: {count}", count=sum(summary.left_out.values())))
        lines += [f"  {words(reason)}: {count}" for reason, count in summary.left_out.items()]
    if summary.by_decay:
        people = sorted(summary.by_decay.values())
        lines.append(
            words(
                "recorded if people come otherwise from far away ({decays}): {least} to {most}",
                decays=", ".join(summary.by_decay),
                least=words.number(people[0]),
                most=words.number(people[-1]),
            )
        )
    lines += _learned_lines(summary, words)
    lines += _reached_lines(summary, words)
    if summary.straight:
        lines.append(words("Travel is estimated along straight lines: there is no road file."))
    return lines


def service_lines(people: Mapping[str, int], words: Words) -> Iterator[str]:
    """People served otherwise than by recording, by key of the service; none where nobody is."""
    told = [
        f"{words(service.name)} {words.number(people[service.key])}"
        for service in SERVICES
        if service.key in people
    ]
    if told:
        yield words("people served otherwise: {told}", told=", ".join(told))


def _learned_lines(summary: Summary, words: Words) -> Iterator[str]:
    """What was learned, from how many visits, and what its ranges are worth."""
    number, names = words.number, {of.key: of.plural for of in VENUE_TYPES}
    names |= {of.key: of.name for of in SERVICES}
    for kind, rates in summary.learned.items():
        learned = [
            (words("turnout in %"), rates.turnout, 100.0, 0),
            (words("failures in %"), rates.failure, 100.0, 1),
            (words("minutes per person"), rates.seconds_per_person, 1 / MINUTE_S, 1),
            (words("set-up minutes"), rates.setup_s, 1 / MINUTE_S, 0),
        ]
        told = ", ".join(
            words(
                "{what} {value} ({low} to {high}, visits: {visits})",
                what=what,
                value=number(rate.value * unit, decimals),
                low=number(rate.low * unit, decimals),
                high=number(rate.high * unit, decimals),
                visits=number(rate.visits),
            )
            for what, rate, unit, decimals in learned
            if rate is not None
        )
        name = words(names[kind]) if kind in names else kind
        yield words("learned for {kind}: {told}", kind=name, told=told)
    if summary.at_ends is not None:
        low, high = map(number, summary.at_ends)
        yield words(
            "the same stops at the ends of these ranges: {low} to {high} people", low=low, high=high
        )


def _reached_lines(summary: Summary, words: Words) -> Iterator[str]:
    """Who has a stop to go to, by kelurahan, and who has no place at all, by RW."""
    number = words.number
    yield words(
        "residents with a stop within walking distance: {people} of {unrecorded}",
        people=number(sum(reached.people for reached in summary.reached)),
        unrecorded=number(sum(reached.unrecorded for reached in summary.reached)),
    )
    for reached in summary.reached:
        yield f"  {reached.kelurahan}: {number(reached.people)} / {number(reached.unrecorded)}"
    if summary.uncovered:
        yield words(
            "people without a place within walking distance: {count}",
            count=number(sum(uncovered.people for uncovered in summary.uncovered)),
        )
        yield f"  {format_uncovered(summary.uncovered, words)}"


def format_uncovered(uncovered: Iterable[Uncovered], words: Words) -> str:
    """RW with their people; of many those with most, and how many others there are."""
    ranked = sorted(uncovered, key=lambda rw: -rw.people)
    shown = [
        f"{part_name(rw.rw)} {rw.kelurahan}".lstrip() + f": {words.number(rw.people)}"
        for rw in ranked[:MOST_SHOWN]
    ]
    if others := ranked[MOST_SHOWN:]:
        people = words.number(sum(rw.people for rw in others))
        number = words.number_of("and {n} other", "and {n} others", len(others))
        shown.append(f"{number}: {people}")
    return ", ".join(shown)


def _cost_lines(summary: Summary, words: Words) -> Iterator[str]:
    if summary.cost is not None and summary.cost_per_recording is not None:
        yield words(
            "cost: Rp {cost}, Rp {per_recording} per recording",
            cost=words.number(summary.cost),
            per_recording=words.number(summary.cost_per_recording),
        )


def _gap_line(summary: Summary, words: Words) -> str:
    if summary.gap is None:
        return words("gap to the best possible plan: not proven")
    return words(
        "gap to the best possible plan: at most {percent}%",
        percent=words.number(summary.gap * 100, 2),
    )
