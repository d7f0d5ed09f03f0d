"""Named changes to a district, written as options or in a file."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Self

from planner.errors import Mistake, Problem, quote, suggest
from planner.i18n.messages import say
from planner.scenarios.change import CHANGES, Change

BASE = "base"
"""Name of the plan without changes; no scenario may have it."""

MAX_SCENARIOS = 500
"""Of one run; a grid of more is a slip of the pen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Named changes to a district.

    Attributes
    ----------
    source
        The part of a file in which it stands, for messages; empty where it was made of options.
    problems
        What is wrong with the texts it was made of; told with all that cannot be changed.
    """

    name: str
    changes: tuple[Change, ...]
    source: str = ""
    problems: tuple[Problem, ...] = ()

    @classmethod
    def parse(
        cls, table: Mapping[str, object], *, name: str | None = None, source: str = ""
    ) -> Self:
        """The scenario of some texts by keys of `CHANGES`: options, or a table of a file.

        Parameters
        ----------
        name
            None = what the changes say: ``vans +1, close rw-04``.
        """
        parsed = [*_parse_changes(table, source)]
        changes = tuple(entry for entry in parsed if isinstance(entry, Change))
        return cls(
            name=name or ", ".join(f"{change.label()} {change.text}" for change in changes),
            changes=changes,
            source=source,
            problems=tuple(entry for entry in parsed if isinstance(entry, Problem)),
        )


def _parse_changes(table: Mapping[str, object], source: str) -> Iterator[Change | Problem]:
    for key, value in table.items():
        try:
            kind, texts = _find_kind(key), [*_texts(value)]
        except Mistake as mistake:
            yield mistake.at(source)
            continue
        for text in texts:
            try:
                yield kind.parse(text)
            except Mistake as mistake:
                yield mistake.at(written_at(kind, source))


def _find_kind(key: str) -> type[Change]:
    name = key.replace("-", "_")
    if name not in CHANGES:
        raise Mistake.of(key, say("is not a known change"), suggest(name, CHANGES))
    return CHANGES[name]


def _texts(value: object) -> Iterator[str]:
    """What the command line would say: a list is several texts, a table pairs of them."""
    if isinstance(value, list):
        for entry in value:
            yield from _texts(entry)
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from (f"{key}={text}" for text in _texts(entry))
    elif isinstance(value, date):
        yield value.isoformat()
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield str(value)
    else:
        raise Mistake.of(value, say("is neither text nor a number"), say("write it in quotes"))


def written_at(kind: type[Change], source: str) -> str:
    """Where a change of some kind was written, for messages."""
    return f"{source} {kind.name}" if source else kind.option()


def scenarios_from_options(
    given: Mapping[str, Sequence[str]], *, name: str | None = None, apart: bool = False
) -> tuple[Scenario, ...]:
    """The scenario of all options given, or one of each; none where none is given.

    Parameters
    ----------
    given
        Texts by name of a change.
    name
        Of the scenario; None = what its options say.
    apart
        Whether each option is a scenario by itself.
    """
    if apart:
        return tuple(Scenario.parse({key: text}) for key in given for text in given[key])
    return (Scenario.parse(given, name=name),) if any(given.values()) else ()


def find_problems(scenarios: Sequence[Scenario]) -> Iterator[Problem]:
    """Mistakes in texts, names mixed up, too many scenarios, and changes that would be lost."""
    if len(scenarios) > MAX_SCENARIOS:
        what = say("{count} is more than {most}", count=len(scenarios), most=MAX_SCENARIOS)
        mistake = Mistake(what, say("use fewer values in the grid"))
        yield mistake.at(say("number of scenarios"))
    names = Counter(scenario.name for scenario in scenarios if not scenario.problems)
    for name, times in names.items():
        if times > 1 or name.casefold() == BASE:
            mistake = Mistake(
                say("this name is already used"), say("give each scenario its own name")
            )
            yield mistake.at(say("scenario {name}", name=quote(name)))
    for scenario in scenarios:
        yield from scenario.problems
        yield from _conflicts(scenario)


def _conflicts(scenario: Scenario) -> Iterator[Problem]:
    """Changes that would be lost, as another one of the same scenario comes after them."""
    for earlier, change in combinations(scenario.changes, 2):
        if type(earlier) is type(change) and change.replaces(earlier):
            first, second = quote(earlier.text), quote(change.text)
            what = say("{first} and {second} set the same thing", first=first, second=second)
            mistake = Mistake(what, say("keep one of them"))
            yield mistake.at(written_at(type(change), scenario.source))
