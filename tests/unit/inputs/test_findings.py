"""Problems come all at once, in the order of tables and rows."""

import pytest

from planner.errors import InputError
from planner.i18n.messages import say
from planner.inputs.findings import Findings, Spot
from tests.builders.folders import problems_of


def note(findings: Findings, source: str, number: int) -> None:
    spot = Spot(source=source, number=number, text=f"{source}:{number}")
    findings.add(spot, say("is blank"), say("fill it in"))


def test_files_come_in_the_order_of_tables_whatever_was_noted_first() -> None:
    """What belongs to no table, such as the settings, comes first."""
    findings = Findings()
    for source, number in (("vans", 2), ("rt", 9), ("rt", 4), ("planner.toml", 0)):
        note(findings, source, number)
    with pytest.raises(InputError, match="rt:4: is blank; fill it in") as caught:
        findings.raise_problems(("rt", "vans"))
    assert [problem.where for problem in caught.value.problems] == [
        "planner.toml:0",
        "rt:4",
        "rt:9",
        "vans:2",
    ]


def test_nothing_is_raised_where_nothing_is_wrong() -> None:
    """Warnings are no problems."""
    findings = Findings()
    findings.warnings.append(say("is empty"))
    findings.raise_problems()
    assert not findings.has_problem("rt")


def test_many_problems_of_a_kind_are_told_as_one() -> None:
    """Of 300 blank cells of one column the first three; another column is another kind."""
    findings = Findings()
    for number in range(2, 302):
        spot = Spot(
            source="rt",
            number=number,
            text=say("{cell} {column}", cell=f"rt.csv:{number}", column="code"),
        )
        findings.add(spot, say("is not a code"), say("correct it"), value=f"x{number}")
    note(findings, "rt", 3)
    assert problems_of(findings) == [
        "rt.csv:2 code: 'x2' is not a code; correct it",
        "rt.csv:3 code: 'x3' is not a code; correct it",
        "rt:3: is blank; fill it in",
        "rt.csv:4 code: 'x4' is not a code; correct it",
        "rt.csv:5 code: 297 more like it, up to rt.csv:301 code; correct them likewise",
    ]
