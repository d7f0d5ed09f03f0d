"""Problems come all at once, in the order of tables and rows."""

import pytest

from planner.errors import InputError
from planner.i18n.messages import say
from planner.inputs.findings import Findings, Spot


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
