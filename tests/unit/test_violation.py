"""Each rule has a code, is documented, and is told with ids or with names."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from planner.model import Depot
from planner.violation import Rule, Violation

ERRORS = Path(__file__).parents[2] / "docs" / "errors.md"
SATURDAY = date(2026, 11, 28)


def test_the_documentation_lists_exactly_the_rules() -> None:
    """docs/errors.md has a row for each code, in order, and its last column is the remedy."""
    rows = re.findall(r"^\| (V\d+) \|.*\| (.*) \|$", ERRORS.read_text("utf-8"), re.MULTILINE)
    assert rows == [(rule.value, rule.remedy) for rule in Rule]


def test_a_violation_says_where_what_and_what_to_do() -> None:
    """Van A has no shift on Saturday; the hall has ten people too many; a number is wrong."""
    no_shift = Violation(rule=Rule.NO_SHIFT, van_id="A", day=SATURDAY)
    assert str(no_shift) == (
        "van A 2026-11-28: the van has no shift on this date; "
        "remove the route, or give the van a shift"
    )
    counts = {"people": 20, "expected": 10}
    crowded = Violation(rule=Rule.PEOPLE_OF_SITE, site_id="hall", values=counts)
    assert crowded.problem().where == "site hall"
    stated = Violation(rule=Rule.STATED_PEOPLE, key="people", values={"stated": 1, "true": 2})
    assert str(stated) == "people: says 1, the stops have 2; correct the number"


def test_places_are_told_by_id_or_by_name() -> None:
    """A site and a depot may have the same id; each has a name of its own."""
    violation = Violation(
        rule=Rule.NO_ROAD,
        van_id="A",
        day=SATURDAY,
        site_id="X",
        values={"origin": Depot(id="X", place=0), "destination": "Y"},
    )
    assert str(violation).startswith("van A 2026-11-28 site X: no road leads from X to Y;")
    told = violation.problem(site_names={"X": "Balai"}, depot_names={"X": "Kantor"})
    assert told.where == "van A 2026-11-28 site Balai"
    assert told.what == "no road leads from Kantor to Y"


def test_the_problem_of_a_violation_has_the_code_of_its_rule() -> None:
    """``V01``, however its sentence is worded; a problem of the input has that of its sentence."""
    problem = Violation(rule=Rule.UNKNOWN_VAN, van_id="Z", day=SATURDAY).problem()
    assert problem.code == "V01"
    assert replace(problem, rule="").code == "the-van-is-not-in-the-instance"
