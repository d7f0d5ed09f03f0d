"""What a scenario is, and how the command line writes it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.errors import InputError, Problem
from planner.i18n.messages import say
from planner.inputs.findings import quote

BASE = "base"
"""Name of the plan without changes; no scenario may have it."""

MAX_SCENARIOS = 500
"""Scenarios of one run; a grid of more is a slip of the pen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change, as it was written.

    Attributes
    ----------
    kind
        Key of `planner.whatif.changes.CHANGES`: ``without_van``.
    text
        What is to become of what: ``A=+1``.
    where
        Where it was written, for messages.
    """

    kind: str
    text: str
    where: str

    def __str__(self) -> str:
        return f"{option_flag(self.kind)} {self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Named changes to a district."""

    name: str
    changes: tuple[Change, ...]


def default_name(changes: Sequence[Change]) -> str:
    """What a scenario without a name is called: ``vans +1, close rw-04``."""
    return ", ".join(f"{change.kind.replace('_', '-')} {change.text}" for change in changes)


def option_flag(kind: str) -> str:
    """A kind of change as the command line has it: ``--without-van``."""
    return "--" + kind.replace("_", "-")


def scenarios_from_options(
    given: Mapping[str, Sequence[str]], *, name: str | None = None, apart: bool = False
) -> tuple[Scenario, ...]:
    """The scenario of all options given, or one of each; none where none is given.

    Parameters
    ----------
    given
        Texts by kind of change.
    name
        Of the scenario; None = what its options say.
    apart
        Whether each option is a scenario by itself.
    """
    changes = tuple(
        Change(kind=kind, text=text, where=option_flag(kind))
        for kind, texts in given.items()
        for text in texts
    )
    if apart:
        return tuple(Scenario(name=default_name([change]), changes=(change,)) for change in changes)
    return (Scenario(name=name or default_name(changes), changes=changes),) if changes else ()


def check_names(scenarios: Sequence[Scenario]) -> None:
    """Refuse names that would be mixed up, and more scenarios than anyone can look at.

    Raises
    ------
    InputError
        All problems at once.
    """
    names = Counter(scenario.name for scenario in scenarios)
    problems = [
        Problem(
            where=say("scenario {name}", name=quote(name)),
            what=say("is taken"),
            remedy=say("give each scenario its own name"),
        )
        for name, times in names.items()
        if times > 1 or name.casefold() == BASE
    ]
    if len(scenarios) > MAX_SCENARIOS:
        what = say("{count} are more than {most}", count=len(scenarios), most=MAX_SCENARIOS)
        problems.append(
            Problem(
                where=say("number of scenarios"), what=what, remedy=say("make the grid coarser")
            )
        )
    if problems:
        raise InputError(problems)
