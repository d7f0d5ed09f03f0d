"""Every manoeuvre in words. Left is kiri, right is kanan, also where one drives on the left."""

from collections.abc import Mapping

from planner.i18n.messages import Message, msgid, say
from planner.travel.interface import Manoeuvre, Step

_COMPASS = (
    msgid("north"),
    msgid("northeast"),
    msgid("east"),
    msgid("southeast"),
    msgid("south"),
    msgid("southwest"),
    msgid("west"),
    msgid("northwest"),
)

_ORDINALS = (
    msgid("first"),
    msgid("second"),
    msgid("third"),
    msgid("fourth"),
    msgid("fifth"),
    msgid("sixth"),
    msgid("seventh"),
    msgid("eighth"),
)

_WITH_STREET: Mapping[Manoeuvre, str] = {
    Manoeuvre.DEPART: msgid("{instruction} on {street}"),
    Manoeuvre.STRAIGHT: msgid("{instruction} to {street}"),
    Manoeuvre.ENTER_TOLL_ROAD: msgid("{instruction} {street}"),
    Manoeuvre.FERRY: msgid("{instruction} {street}"),
}

_ARRIVALS = {Manoeuvre.ARRIVE, Manoeuvre.ARRIVE_LEFT, Manoeuvre.ARRIVE_RIGHT}


def instruction_text(step: Step) -> Message:
    """A step as a driver reads it, without a full stop; the street only where it has a name."""
    instruction = say(
        step.manoeuvre.value,
        compass=say(_COMPASS[round(step.heading / 45) % len(_COMPASS)]),
        ordinal=_ordinal(step.exit),
    )
    if not step.street or step.manoeuvre in _ARRIVALS:
        return instruction
    with_street = _WITH_STREET.get(step.manoeuvre, msgid("{instruction} onto {street}"))
    return say(with_street, instruction=instruction, street=step.street)


def _ordinal(number: int) -> Message:
    if 0 < number <= len(_ORDINALS):
        return say(_ORDINALS[number - 1])
    return say("{number}th", number=number)
