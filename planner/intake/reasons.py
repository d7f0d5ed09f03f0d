"""Why a row is rejected, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.i18n.messages import Message, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a row is rejected.

    Attributes
    ----------
    column
        Position of the cell at fault; None = the row.
    """

    code: str
    what: Message
    remedy: Message
    column: int | None = None


UNIT_REASONS = frozenset(
    """
    not-a-code bps-code digits-lost not-a-number-of-rt no-unit unknown-name name-of-several
    other-regency
    """.split()  # noqa: SIM905 - a list would take a line for each
)


def cell_reason(code: str, cell: str, column: int) -> Reason:
    """Why the number in a cell is none."""
    whats = {
        "not-a-count": say("'{cell}' is not a number of people", cell=cell),
        "not-whole": say("'{cell}' is not a whole number of people", cell=cell),
        "negative": say("'{cell}' is negative", cell=cell),
        "too-large": say("'{cell}' is too large", cell=cell),
    }
    return Reason(
        code=code,
        what=whats[code],
        remedy=say("write digits only, such as 1250"),
        column=column,
    )


def unit_reason(
    code: str, cell: str, column: int | None = None, near: Sequence[str] = ()
) -> Reason:
    """Why nobody can say where the people of a row live."""
    whats = {
        "not-a-code": say("'{cell}' is not a Kemendagri code", cell=cell),
        "bps-code": say("'{cell}' is a code of BPS", cell=cell),
        "digits-lost": say("'{cell}' has lost digits of the code", cell=cell),
        "not-a-number-of-rt": say("'{cell}' is not an RT or RW number", cell=cell),
        "no-unit": say("the row does not say which kelurahan, RW or RT it counts"),
        "unknown-name": say("'{cell}' is not a kelurahan of the folder", cell=cell),
        "name-of-several": say("several kelurahan have the name '{cell}'", cell=cell),
        "other-regency": say("the code '{cell}' does not go with the name", cell=cell),
    }
    remedies = {
        "digits-lost": say("write the code as text, such as 31.71.01.1001"),
        "not-a-number-of-rt": say("write 1, 01, 001 or 001/02"),
        "unknown-name": say("give its Kemendagri code"),
    }
    remedy = remedies.get(code, say("use the Kemendagri code, such as 31.71.01.1001"))
    if near:
        remedy = say("did you mean '{option}'?", option=near[0])
    return Reason(code=code, what=whats[code], remedy=remedy, column=column)
