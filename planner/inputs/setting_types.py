"""What the values of planner.toml may be, and the base of its sections."""

import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator

from planner.district import Decay
from planner.errors import Mistake, suggest
from planner.i18n.messages import say
from planner.inputs.cell_values import Positive, as_decimal, as_text
from planner.inputs.hours import DAY_NAMES, day_number, parse_hours, parse_shift
from planner.travel.profile import SPEED_KMH

EVERY_DAY = range(7)

_URL = re.compile(r"postgresql://([^:/@\s]+@)?[^:@\s]*(:\d+)?/[^@\s]+")


def _name(value: object) -> str:
    text = as_text(value)
    if not text:
        raise Mistake(say("is blank"), say("write it in quotes"))
    return text


def one_of(*words: str) -> AfterValidator:
    """Keeps one of some words."""

    def check(text: str) -> str:
        if text not in words:
            raise Mistake.of(text, say("is unknown"), say("use {names}", names=", ".join(words)))
        return text

    return AfterValidator(check)


def _day_names(names: object) -> tuple[str, ...]:
    if not isinstance(names, list | tuple) or not names:
        raise Mistake.of(
            names, say("is not a list of days"), say('write for example ["Sab", "Min"]')
        )
    return tuple(dict.fromkeys(DAY_NAMES[day_number(str(name))] for name in names))


def _readable(parse: Callable[[str, range], object]) -> BeforeValidator:
    """Keeps a text that can be read on any day."""

    def check(value: object) -> str:
        text = as_text(value)
        parse(text, EVERY_DAY)
        return text

    return BeforeValidator(check)


def _highways(speeds: dict[str, float]) -> dict[str, float]:
    for name in speeds:
        if name not in SPEED_KMH:
            fault = say("is not a type of road that vans use")
            raise Mistake.of(name, fault, suggest(name, SPEED_KMH))
    return speeds


def _decay(value: object) -> Decay | dict[float, float]:
    if isinstance(value, Mapping) and value:
        shares = {
            as_decimal(metres, minimum=0): as_decimal(share, minimum=0, maximum=1)
            for metres, share in value.items()
        }
        shares = dict(sorted(shares.items()))
        for (_, nearer), (metres, share) in pairwise(shares.items()):
            if share > nearer:
                raise Mistake.of(
                    f"{metres:g}",
                    say("has a larger share than a shorter walk"),
                    say("let the share fall with the metres"),
                )
        return shares
    if not isinstance(value, str) or value not in list(Decay):
        raise Mistake.of(
            value,
            say("is not a decay"),
            say(
                "use {names}, or a table of metres and shares as in docs/demand.md",
                names=", ".join(Decay),
            ),
        )
    return Decay(value)


HoursText = Annotated[str, _readable(parse_hours)]

ShiftText = Annotated[str, _readable(parse_shift)]

HighwaySpeeds = Annotated[dict[str, Positive], AfterValidator(_highways)]

OfficeName = Annotated[str, BeforeValidator(_name)]

DayNames = Annotated[tuple[str, ...], BeforeValidator(_day_names)]

DecayValue = Annotated[Any, PlainValidator(_decay)]


def setting(default: Any, description: str) -> Any:
    """A setting that may be left out."""
    return Field(default=default, description=description)


class Section(BaseModel):
    """A part of planner.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _ledger_url(value: object) -> str:
    text = as_text(value)
    if text and not _URL.fullmatch(text):
        # It may hold a password, which no message repeats.
        fault = say("is not the URL of a database without a password")
        raise Mistake(fault, say("write for example postgresql://USER@HOST/DATABASE"))
    return text


LedgerUrl = Annotated[str, BeforeValidator(_ledger_url)]
