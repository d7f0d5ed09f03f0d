"""What does not add up in a tally: it is told, and the numbers are kept as they are."""

from collections.abc import Iterator

from planner.backlog.records import OUTCOMES, PublishedStop, Tally
from planner.i18n.messages import Message, say

STOCK = ("cards", "ribbon", "film")
"""What a crew receives, uses, spoils and has left."""

TIMES = 3
"""So many times the people planned are unusual."""


def check_tally(tally: Tally, stop: PublishedStop | None) -> Iterator[Message]:
    """A sentence for each thing that does not add up.

    Parameters
    ----------
    stop
        As published; None where no such stop was.
    """
    if stop is None:
        yield say("no such stop was published")
    elif stop.people and tally.done > TIMES * stop.people:
        yield say("{n} recorded, {planned} planned", n=tally.done, planned=stop.people)
    yield from _check_outcomes(tally)
    yield from _check_stock(tally)
    if None not in (tally.started_s, tally.ended_s) and tally.ended_s < tally.started_s:  # type: ignore[operator]
        yield say("it ended before it started")


def _check_outcomes(tally: Tally) -> Iterator[Message]:
    counts = tally.counts
    told = [counts[name] for name in OUTCOMES if name in counts]
    if "expected" not in counts or not told:
        return
    is_complete = len(told) == len(OUTCOMES)
    if sum(told) > counts["expected"] or (is_complete and sum(told) < counts["expected"]):
        yield say("sasaran {n}, outcomes {sum}", n=counts["expected"], sum=sum(told))


def _check_stock(tally: Tally) -> Iterator[Message]:
    counts = tally.counts
    for name in STOCK:
        received, *rest = (counts.get(f"{name}_{part}") for part in _PARTS)
        gone = [number for number in rest if number is not None]
        if received is None or not gone:
            continue
        if sum(gone) > received or (len(gone) == len(rest) and sum(gone) < received):
            yield say(
                "{name}: {n} received, {sum} used, spoiled and left",
                name=say(_NAMES[name]),
                n=received,
                sum=sum(gone),
            )
    printed = counts.get("printed", 0) + counts.get("printed_others", 0)
    if "cards_used" in counts and printed > counts["cards_used"]:
        yield say("{n} cards printed, {used} used", n=printed, used=counts["cards_used"])


_PARTS = ("received", "used", "spoiled", "left")
_NAMES = {"cards": say("cards"), "ribbon": say("ribbon"), "film": say("film")}
