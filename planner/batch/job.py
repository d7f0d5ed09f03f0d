"""One district as a job for a worker: what crosses to another computer, and what comes back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from planner.analysis.campaign import Goal
from planner.i18n.messages import Message
from planner.office.search import Search

ALL, MISSING, FAILED, CHANGED = ("all", "missing", "failed", "changed")
"""Which districts of a batch run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDistrict:
    """A district of a batch.

    Attributes
    ----------
    name
        The last part of its address; with parts before it where two would be the same.
    url
        An absolute folder, or an address such as ``s3://bucket/kota-saya``.
    """

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LentVan:
    """A van that a district lends or borrows on one date.

    Attributes
    ----------
    day
        As ISO has it.
    shift
        Seconds after midnight, begin and end of it.
    is_borrowed
        Whether the district has it; else it does without.
    """

    day: str
    van: str
    kits: int
    shift: tuple[int, int]
    is_borrowed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked of every district.

    Attributes
    ----------
    use_case
        A key of `USE_CASES`.
    week
        ISO week, ``2026-W48``.
    search
        How plans are searched for.
    scenarios
        Text of a TOML file with scenarios; empty where there is none.
    goal
        Of campaigns.
    language
        Of messages.
    loans
        Vans that the district lends and borrows.
    """

    use_case: str
    week: str
    search: Search = field(default_factory=Search)
    scenarios: str = ""
    language: str = "en"
    goal: Goal = field(default_factory=Goal)
    loans: tuple[LentVan, ...] = ()

    def options(self) -> dict[str, str]:
        """What a result follows from, by the name of its option."""
        search = {name: value for name, value in asdict(self.search).items() if value is not None}
        usual, asked = asdict(Goal()), asdict(self.goal)
        goal = {name: value for name, value in asked.items() if value != usual[name]}
        more = {"week": self.week, "scenarios": self.scenarios}
        told = {**search, **goal, **more}
        return {name: str(value) for name, value in told.items() if value != ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A request of one district.

    Attributes
    ----------
    function
        ``module:name`` of the use case, called with the folder and the request.
    run_id
        Of the batch; what was noted of a district in another one does not count.
    memory_mib
        The most memory that a district may need; 0 = no limit.
    """

    district: ListedDistrict
    request: Request
    function: str
    run_id: str
    versions: Mapping[str, str]
    memory_mib: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a use case came to.

    Attributes
    ----------
    exit_code
        0, or 1 where somebody should look at it.
    figures
        As JSON has them.
    """

    exit_code: int = 0
    figures: Mapping[str, Any] = field(default_factory=dict)
    messages: tuple[Message, ...] = ()


_HERE = "planner.batch.use_cases"

USE_CASES: Mapping[str, str] = {
    "check": f"{_HERE}:check",
    "plan": f"{_HERE}:plan",
    "campaign": f"{_HERE}:campaign",
    "progress": f"{_HERE}:progress",
    "whatif": f"{_HERE}:whatif",
    "lend": "planner.batch.van_values:value_vans",
}
"""``module:name`` of each: it is called with a folder and a `Request`, and gives an `Answer`."""
