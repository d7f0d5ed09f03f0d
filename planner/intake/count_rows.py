"""Rows of a table of counts, as they are passed on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from planner.i18n.messages import Message
from planner.intake.columns import Columns
from planner.intake.grid import Fate, Sheet
from planner.intake.header import Header
from planner.intake.periods import Period
from planner.intake.reasons import Reason
from planner.intake.titles import Role

UnitKey = tuple[str, str, str, str]
"""Digits of the code of a kelurahan, then dusun, RW and RT; blank = not counted by it."""

Names = Mapping[str, frozenset[str]]
"""Codes of the kelurahan of each name, in small letters."""


@dataclass(slots=True, kw_only=True)
class CountRow:
    """One row below the header.

    Attributes
    ----------
    key
        Where its people live; None where that is not known or not asked.
    within
        Digits of the code of the kelurahan that it is of as far as that is known, else blank.
    upper
        Digits of a code above the kelurahan, else blank.
    told
        Residents in all and of some ages, by column of the table `register`.
    upper_names
        Names of its kecamatan, regency and province, by how many digits their codes have.
    eligible, recorded, unrecorded, not_printed
        People, or None where no cell says; the last are recorded and wait for their card.
    is_derived
        Whether people unrecorded are those eligible less those recorded.
    """

    index: int
    fate: Fate | None = None
    key: UnitKey | None = None
    within: str = ""
    upper: str = ""
    upper_names: Mapping[int, str] = field(default_factory=dict)
    told: Mapping[str, int] = field(default_factory=dict)
    kelurahan: str = ""
    period: Period | None = None
    eligible: int | None = None
    recorded: int | None = None
    unrecorded: int | None = None
    not_printed: int | None = None
    is_derived: bool = False
    reason: Reason | None = None
    sums: list[tuple[Role, int, int]] = field(default_factory=list)
    is_carried: bool = False

    def reject(self, code: str, what: Message, remedy: Message, column: int | None = None) -> None:
        """Leave it out, and say why."""
        self.fate = Fate.REJECTED
        self.reason = Reason(code=code, what=what, remedy=remedy, column=column)


@dataclass(slots=True, kw_only=True)
class CountTable:
    """A sheet that counts people, with its rows."""

    sheet: Sheet
    header: Header
    columns: Columns
    rows: list[CountRow]
    is_rejected_before: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether people unrecorded can be told from this table alone."""
        has = self.columns.has
        return has(Role.UNRECORDED) or (has(Role.ELIGIBLE) and has(Role.RECORDED))

    @property
    def people_column(self) -> int | None:
        """Position of the column that says who is unrecorded, or else of one that counts people."""
        for role in (Role.UNRECORDED, Role.ELIGIBLE, Role.RECORDED):
            if role in self.columns.by_role:
                return self.columns.by_role[role]
            if role in self.columns.sexes:
                return self.columns.sexes[role][0]
        return None


def parents_of(key: UnitKey) -> Iterator[UnitKey]:
    """The units that a unit is a part of."""
    code, dusun, rw, _ = key
    for parent in {
        (code, "", "", ""),
        (code, dusun, "", ""),
        (code, "", rw, ""),
        (code, dusun, rw, ""),
    }:
        if parent != key:
            yield parent
