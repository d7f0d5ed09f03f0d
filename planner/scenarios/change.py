"""What a what-if change is, and the one registry of them.

A change is an object. As text it is an option of the command line or an entry of a scenario file:
a value, or ``TARGET=VALUE`` where it does not concern all: ``A=3``, ``school=0.9``.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any, ClassVar, Self, TypeVar

from planner.district import Vehicle, Venue
from planner.i18n.messages import Message
from planner.scenarios.amount import Amount
from planner.scenarios.variant import Variant


class Phase(IntEnum):
    """When a change is made, as some build on others."""

    SETTINGS = 0
    DATES = 1
    DISTRICT = 2
    CLOSURES = 3


class Change(ABC):
    """One change of a district, made by `apply` and written by `text`.

    Attributes
    ----------
    name
        Key of `CHANGES` and of scenario files: ``without_van``.
    metavar
        What stands for its text on the help page.
    help
        What it changes.
    examples
        Texts for docs/whatif.md.
    """

    name: ClassVar[str]
    metavar: ClassVar[str]
    help: ClassVar[Message]
    examples: ClassVar[tuple[str, ...]]
    phase: ClassVar[Phase]

    @classmethod
    @abstractmethod
    def parse(cls, text: str) -> Self:
        """The change of a text; `Mistake` where the text is none."""

    @property
    @abstractmethod
    def text(self) -> str:
        """The text that `parse` reads as this change."""

    @abstractmethod
    def apply(self, variant: Variant) -> Variant:
        """The district with this change; `Mistake` where it cannot be made."""

    def replaces(self, earlier: Self) -> bool:
        """Whether what an earlier change of this kind says is lost by this one."""
        return False

    @classmethod
    def label(cls) -> str:
        """The name as a person reads it: ``without-van``."""
        return cls.name.replace("_", "-")

    @classmethod
    def option(cls) -> str:
        """The option of the command line: ``--without-van``."""
        return f"--{cls.label()}"

    def __str__(self) -> str:
        text = f'"{self.text}"' if " " in self.text else self.text
        return f"{self.option()} {text}"


CHANGES: dict[str, type[Change]] = {}
"""Every kind of change by its name, in the order of the help page."""

_Kind = TypeVar("_Kind", bound=Change)


def register(
    name: str,
    metavar: str,
    help: Message,  # noqa: A002 - as typer calls it
    *,
    examples: tuple[str, ...],
    phase: Phase = Phase.DISTRICT,
) -> Callable[[type[_Kind]], type[_Kind]]:
    """Make a class of changes an option of `planner whatif` and a key of scenario files."""

    def enter(kind: type[_Kind]) -> type[_Kind]:
        kind.name, kind.metavar, kind.help = name, metavar, help
        kind.examples, kind.phase = examples, phase
        CHANGES[name] = kind
        return kind

    return enter


@dataclass(frozen=True, kw_only=True)
class AmountChange(Change):
    """A number of something, such as kits.

    Attributes
    ----------
    target
        A van, a place, or a kind of place, by what a person calls it; None = all.
    """

    amount: Amount
    target: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """``4``, ``+1``, ``A=4``."""
        target, amount = split_target(text)
        return cls(target=target, amount=Amount.parse(amount))

    @property
    def text(self) -> str:
        """The amount behind whose it is."""
        return join_target(self.target, str(self.amount))

    def replaces(self, earlier: Self) -> bool:
        """A relative amount builds on the one before; one of a single van may follow one of all."""
        return not self.amount.is_relative and covers(self.target, earlier.target)


_Thing = TypeVar("_Thing", Vehicle, Venue)


class AttributeChange(AmountChange):
    """Another number in an attribute of vans or places."""

    attribute: ClassVar[str]

    @abstractmethod
    def number_after(self, present: Any) -> float | None:
        """What becomes of the present number; raises `Mistake` outside its limits."""

    def change(self, thing: _Thing) -> _Thing:
        """A van or place with the other number."""
        number = self.number_after(getattr(thing, self.attribute))
        changes: dict[str, Any] = {self.attribute: number}
        return replace(thing, **changes)


@dataclass(frozen=True, kw_only=True)
class TargetChange(Change):
    """What happens to a van or a place, called by its id or name, and needs no value."""

    target: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """``B``, ``20206031``."""
        return cls(target=text.strip())

    @property
    def text(self) -> str:
        """What a person calls it."""
        return self.target


def split_target(text: str) -> tuple[str | None, str]:
    """Who is meant, None = all, and what is to become of them; values hold no ``=``."""
    target, equals, value = text.rpartition("=")
    return (target.strip(), value.strip()) if equals else (None, text.strip())


def join_target(target: str | None, value: str) -> str:
    """The text that `split_target` splits."""
    return value if target is None else f"{target}={value}"


def covers(target: str | None, other: str | None) -> bool:
    """Whether a target is all, or the same as another."""
    return target is None or (other is not None and target.casefold() == other.casefold())
