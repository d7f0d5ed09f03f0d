"""What the population register counts, and who left its count since."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCount:
    """What the population register says of a kelurahan, or of a part of it; None = not told.

    Attributes
    ----------
    rw, rt
        Three digits; empty for all of them.
    people
        Residents of any age.
    eligible, recorded, unrecorded
        Who must hold a card, and who of them is recorded or not.
    recorded_before
        Recorded at the count before.
    aged_0_4, aged_15_19, aged_25_29
        Residents of these ages.
    """

    code: str
    kelurahan: str
    rw: str = ""
    rt: str = ""
    people: int | None = None
    eligible: int | None = None
    recorded: int | None = None
    recorded_before: int | None = None
    unrecorded: int | None = None
    aged_0_4: int | None = None
    aged_15_19: int | None = None
    aged_25_29: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLimits:
    """From where on the numbers of a register are odd; each is a setting of `[look_here]`."""

    adult_share: float = 0.1
    cohort_ratio: float = 5.0
    recorded_share: float = 1.0
    recorded_fall: int = 0
    balance_people: int = 0
    sum_people: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning17:
    """People who turn 17 in a month.

    Attributes
    ----------
    place
        Id of a school, or code of a kelurahan.
    month
        Its first day.
    """

    place: str
    month: date
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """People who are counted in the tables and need no recording any more.

    Attributes
    ----------
    day
        On which that came about; plans for earlier dates do not know of it.
    unit
        Id of a neighbourhood, or of a venue for its people who stand in no neighbourhood; empty
        for pupils whom only the count of their school still has.
    school
        Of people of a neighbourhood, where they learn; empty for the others.
    """

    day: date
    unit: str
    people: int
    school: str = ""
