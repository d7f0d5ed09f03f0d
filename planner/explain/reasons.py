"""Why a place has no stop, as a code that docs/errors.md explains; what to do about each."""

from enum import StrEnum

from planner.explain.feasibility import Obstacle
from planner.horizon import LeftOutReason
from planner.i18n.messages import Message, say


class Code(StrEnum):
    """Codes of reasons; their meaning is in docs/errors.md.

    From 1 on: no van could ever stop there this weekend. From 21 on: one could, but the plan does
    not. From 41 on: the plan does.
    """

    REFUSED = "R01"
    CLOSED = "R02"
    NOBODY = "R03"
    NO_ROAD = "R04"
    NO_VAN = "R05"
    TOO_SHORT = "R06"
    NO_DATE = "R11"
    WINDOW = "R12"
    SHIFT = "R13"
    ROAD = "R14"
    BREAK = "R15"
    CARDS = "R16"
    STOPS = "R17"
    IMPOSSIBLE = "R18"
    OUTWEIGHED = "R21"
    OVERLOOKED = "R22"
    UNSETTLED = "R23"
    VISITED = "R41"


CODE_OF_REASON = {
    LeftOutReason.REFUSED: Code.REFUSED,
    LeftOutReason.CLOSED: Code.CLOSED,
    LeftOutReason.NOBODY: Code.NOBODY,
    LeftOutReason.NO_ROAD: Code.NO_ROAD,
    LeftOutReason.NO_VAN: Code.NO_VAN,
    LeftOutReason.TOO_SHORT: Code.TOO_SHORT,
}
"""Of places that are no sites at all."""

CODE_OF_OBSTACLE = {
    Obstacle.CLASS: Code.NO_VAN,
    Obstacle.CLOSED: Code.NO_DATE,
    Obstacle.WINDOW: Code.WINDOW,
    Obstacle.SHIFT: Code.SHIFT,
    Obstacle.ROAD: Code.ROAD,
    Obstacle.BREAK: Code.BREAK,
    Obstacle.CARDS: Code.CARDS,
    Obstacle.STOPS: Code.STOPS,
}
"""Of sites at which no van can stop, by what keeps the van away that lacks least."""

_ACTIONS = {
    Code.REFUSED: say("ask for the permission again, or choose a place beside it"),
    Code.CLOSED: say("ask for it to be opened on one of the dates, or plan another date"),
    Code.NOBODY: say("look at the counts and the turnout of its neighbourhoods"),
    Code.NO_ROAD: say("move it to a road that a van can use, or raise [roads] snap_m"),
    Code.NO_VAN: say("add the class of a van that fits to the column classes, or send another van"),
    Code.TOO_SHORT: say("ask for longer hours"),
    Code.NO_DATE: say("let a van that fits drive on a date on which it is open"),
    Code.WINDOW: say("ask for longer hours, or lower min_people"),
    Code.SHIFT: say("lengthen the shift, or start a van from a nearer depot"),
    Code.ROAD: say("look at where the place and the depot are, and at one-way roads"),
    Code.BREAK: say("let the break begin earlier or later, or lengthen the shift"),
    Code.CARDS: say("load more cards"),
    Code.STOPS: say("raise max_stops of the van"),
    Code.IMPOSSIBLE: say("lengthen hours or shift"),
    Code.OUTWEIGHED: say("raise its weight where it matters more, or send another van"),
    Code.OVERLOOKED: say("plan again with a longer time limit"),
    Code.UNSETTLED: say("run it again with a longer --time-limit"),
    Code.VISITED: say("nothing to do"),
}


def action(code: Code) -> Message:
    """What could be done about a reason."""
    return _ACTIONS[code]
