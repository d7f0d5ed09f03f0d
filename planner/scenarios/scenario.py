"""Named changes to a district, written as options or in a file."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from planner.errors import InputError, Mistake, Problem, quote
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
    """

    name: str
    changes: tuple[Change, ...]
    source: str = ""

    def problem(self, change: Change, mistake: Mistake) -> Problem:
        """A mistake in one of the changes, with the place where it was written."""
        where = f"{self.source} {change.name}" if self.source else change.option()
        return Problem(where=where, what=mistake.what, remedy=mistake.remedy)


def describe(changes: Iterable[Change]) -> str:
    """What a scenario without a name is called: ``vans +1, close rw-04``."""
    return ", ".join(f"{change.label()} {change.text}" for change in changes)


def parse_changes(entries: Iterable[tuple[str, str, str]]) -> tuple[Change, ...]:
    """The changes of some texts, each behind where it was written and its key of `CHANGES`.

    Raises
    ------
    InputError
        All texts that are no such change, at once.
    """
    changes, problems = [], []
    for where, key, text in entries:
        try:
            changes.append(CHANGES[key].parse(text))
        except Mistake as mistake:
            problems.append(Problem(where=where, what=mistake.what, remedy=mistake.remedy))
    if problems:
        raise InputError(dict.fromkeys(problems))
    return tuple(changes)


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

    Raises
    ------
    InputError
        All texts that are no such change, at once.
    """
    changes = parse_changes(
        (CHANGES[key].option(), key, text) for key, texts in given.items() for text in texts
    )
    if apart:
        return tuple(Scenario(name=describe([change]), changes=(change,)) for change in changes)
    return (Scenario(name=name or describe(changes), changes=changes),) if changes else ()


def check_scenarios(scenarios: Sequence[Scenario]) -> None:
    """Refuse names that would be mixed up, too many scenarios, and changes that would be lost.

    Raises
    ------
    InputError
        All problems at once.
    """
    problems = [*_naming_problems(scenarios), *_conflicts(scenarios)]
    if len(scenarios) > MAX_SCENARIOS:
        what = say("{count} is more than {most}", count=len(scenarios), most=MAX_SCENARIOS)
        where, remedy = say("number of scenarios"), say("use fewer values in the grid")
        problems.append(Problem(where=where, what=what, remedy=remedy))
    if problems:
        raise InputError(dict.fromkeys(problems))


def _naming_problems(scenarios: Sequence[Scenario]) -> Iterator[Problem]:
    names = Counter(scenario.name for scenario in scenarios)
    for name, times in names.items():
        if times > 1 or name.casefold() == BASE:
            yield Problem(
                where=say("scenario {name}", name=quote(name)),
                what=say("this name is already used"),
                remedy=say("give each scenario its own name"),
            )


def _conflicts(scenarios: Sequence[Scenario]) -> Iterator[Problem]:
    """Changes that would be lost, as another one of the same scenario comes after them."""
    for scenario in scenarios:
        for index, change in enumerate(scenario.changes):
            alike = (other for other in scenario.changes[:index] if type(other) is type(change))
            lost = next(filter(change.replaces, alike), None)
            if lost is not None:
                what = say(
                    "{first} and {second} set the same thing",
                    first=quote(lost.text),
                    second=quote(change.text),
                )
                yield scenario.problem(change, Mistake(what, say("keep one of them")))
