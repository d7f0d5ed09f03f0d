"""Counts and settings that no district has, though each is a number that may be written."""

from collections.abc import Callable, Iterator, Sequence

from planner.district import District, Neighbourhood
from planner.i18n.messages import Message, say, say_n
from planner.units import MINUTE_S

MANY, TIMES = 100, 10
"""A row is an outlier from so many people on, if nine rows of ten have not even a tenth of them."""

FEWEST_ROWS = 10
"""Of fewer rows nobody can tell what is usual."""

NAMED = 5
"""Rows and kelurahan named one by one."""

USUAL: Sequence[tuple[str, Callable[[District], float], float, float]] = (
    ("[rates] setup_min", lambda given: given.rates.setup_s / MINUTE_S, 0, 120),
    ("[rates] packup_min", lambda given: given.rates.packup_s / MINUTE_S, 0, 120),
    ("[rates] min_people", lambda given: given.rates.min_people, 0, 100),
    ("[rates] min_stay_min", lambda given: given.rates.min_stay_s / MINUTE_S, 0, 240),
    ("[rates] walk_m", lambda given: given.rates.walk_m, 100, 5000),
    ("[rates] walk_ratio", lambda given: given.rates.walk_ratio, 1, 3),
    ("[rates] worth_min", lambda given: (given.rates.worth_s or 0.0) / MINUTE_S, 0, 240),
    ("[roads] factor", lambda given: given.speeds.factor, 0.3, 3),
)
"""Settings, how they are read from a district, and the least and the most that anybody means."""


def unusual_counts(district: District) -> Iterator[Message]:
    """One sentence for each count that is far from all others, and for kelurahan not counted."""
    for whole_rw in (False, True):
        rows = [home for home in district.neighbourhoods if (home.rt is None) is whole_rw]
        yield from _outliers(rows)
    yield from _uncounted(district)


def unusual_settings(district: District) -> Iterator[Message]:
    """One sentence for each setting out of all reason."""
    for name, read, least, most in USUAL:
        value = read(district)
        if not least <= value <= most:
            yield say(
                "planner.toml {name}: {value} is unusual (usually {least} to {most})",
                name=name,
                value=f"{value:.10g}",
                least=least,
                most=most,
            )


def _outliers(rows: Sequence[Neighbourhood]) -> Iterator[Message]:
    counts = sorted(row.unrecorded for row in rows if row.unrecorded)
    if len(counts) < FEWEST_ROWS:
        return
    low, high = counts[len(counts) // 10], counts[9 * len(counts) // 10 - 1]
    odd = [row for row in rows if row.unrecorded >= max(MANY, TIMES * high)]
    for row in sorted(odd, key=lambda row: -row.unrecorded)[:NAMED]:
        yield say(
            "{row}: {count} unrecorded people in one row of rt (usually {low} to {high})",
            row=row.id,
            count=row.unrecorded,
            low=low,
            high=high,
        )
    if len(odd) > NAMED:
        yield say_n(
            "{n} more row of rt has as many", "{n} more rows of rt have as many", len(odd) - NAMED
        )


def _uncounted(district: District) -> Iterator[Message]:
    """Kelurahan with a border and without a row; without any row all of them are."""
    counted = {home.code for home in district.neighbourhoods}
    names = [area.name for area in district.kelurahan if area.code not in counted]
    if counted and names:
        more = ", …" if len(names) > NAMED else ""
        yield say(
            "no row of rt counts {count} of {total} kelurahan of areas: {names}; is a part of the"
            " table missing?",
            count=len(names),
            total=len(district.kelurahan),
            names=", ".join(names[:NAMED]) + more,
        )
