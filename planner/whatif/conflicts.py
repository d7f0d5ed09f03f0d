"""Finds changes that would be lost, as another one of the same scenario comes after them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from planner.errors import InputError, Problem
from planner.i18n.messages import say
from planner.inputs.findings import quote
from planner.whatif.scenario import Change, Scenario

VALUED = frozenset(
    {
        "set",
        "vans",
        "shift",
        "kits",
        "cards",
        "max_stops",
        "open",
        "weight",
        "turnout",
        "minutes_per_person",
    }
)
"""Kinds of change that give something a value; of the others, twice is once."""


def check_conflicts(scenarios: Sequence[Scenario]) -> None:
    """Refuse a value for what another change of the scenario was about before.

    A relative amount builds on the change before it, and one for a single van or place may follow
    one for all: ``100`` and ``+20``, ``5`` and ``school=4``.

    Raises
    ------
    InputError
        All problems at once.
    """
    problems = [problem for scenario in scenarios for problem in _problems(scenario)]
    if problems:
        raise InputError(dict.fromkeys(problems))


def _problems(scenario: Scenario) -> Iterator[Problem]:
    valued = [change for change in scenario.changes if change.kind in VALUED]
    for _, group in groupby(sorted(valued, key=_kind), key=_kind):
        before: list[Change] = []
        for change in group:
            lost = next((earlier for earlier in before if _replaces(change, earlier)), None)
            if lost is not None:
                yield Problem(
                    where=change.where,
                    what=say(
                        "{first} and {second} are about the same",
                        first=quote(lost.text),
                        second=quote(change.text),
                    ),
                    remedy=say("keep one of them"),
                )
            before.append(change)


def _replaces(change: Change, earlier: Change) -> bool:
    who, value = _split(change)
    relative = value.startswith(("+", "-", "x", "*")) and change.kind != "set"
    return not relative and who in {"", _split(earlier)[0]}


def _split(change: Change) -> tuple[str, str]:
    """Who or what is meant, ``""`` = all, and the value."""
    is_setting = change.kind == "set"
    who, _, value = change.text.partition("=") if is_setting else change.text.rpartition("=")
    return who.strip().casefold(), value.strip()


def _kind(change: Change) -> str:
    return change.kind
