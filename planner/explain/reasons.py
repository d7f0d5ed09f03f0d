"""Why a place has no stop, as a code that docs/errors.md explains; what to do about each."""

from enum import StrEnum
from typing import Self

from planner.i18n.messages import Message, say


class Code(StrEnum):
    """Codes of reasons, named as `LeftOutReason` and `Obstacle`; docs/errors.md explains them.

    From 1 on: no van could ever stop there this weekend. From 21 on: one could, but the plan does
    not. From 41 on: the plan does.

    Attributes
    ----------
    action
        What could be done about it.
    """

    action: Message

    REFUSED = "R01", say("ask for the permission again, or choose a place beside it")
    CLOSED = "R02", say("ask for it to be opened on one of the dates, or plan another date")
    NOBODY = "R03", say("look at the counts and the turnout of its neighbourhoods")
    NO_ROAD = "R04", say("move it to a road that a van can use, or look at the road file")
    NO_VAN = (
        "R05",
        say("add the class of a van that fits to the column classes, or send another van"),
    )
    TOO_SHORT = "R06", say("ask for longer hours")
    NO_PLACE = "R07", say("look for a place there, such as a balai RW, and add it to the points")
    NO_DATE = "R11", say("let a van that fits drive on a date on which it is open")
    WINDOW = "R12", say("ask for longer hours, or lower min_people or min_stay_min")
    SHIFT = "R13", say("lengthen the shift, or start a van from a nearer depot")
    ROAD = "R14", say("look at where the place and the depot are, and at one-way roads")
    BREAK = "R15", say("let the break begin earlier or later, or lengthen the shift")
    CARDS = "R16", say("load more cards")
    STOPS = "R17", say("raise max_stops of the van")
    IMPOSSIBLE = "R18", say("lengthen hours or shift")
    OUTWEIGHED = "R21", say("raise its weight where it matters more, or send another van")
    OVERLOOKED = "R22", say("plan again with a longer time limit")
    UNSETTLED = "R23", say("run it again with a longer --time-limit")
    VISITED = (
        "R41",
        say("to compare it with a place left out, explain that place with --instead-of this one"),
    )

    def __new__(cls, code: str, action: Message) -> Self:  # noqa: D102
        member = str.__new__(cls, code)
        member._value_, member.action = code, action
        return member
