"""Which districts of a batch run, and why."""

from pathlib import Path

import pytest

from planner.batch.basis import current_versions, read_basis
from planner.batch.job import ALL, CHANGED, FAILED, MISSING, ListedDistrict, Request
from planner.batch.job_outcome import JobOutcome, State
from planner.batch.selection import select
from planner.office.search import Search

REQUEST = Request(use_case="plan", week="2026-W48", search=Search(iterations=5))


@pytest.fixture
def listed(tmp_path: Path) -> ListedDistrict:
    (tmp_path / "planner.toml").write_text("[rates]\nwalk_m = 800\n", encoding="utf-8")
    (tmp_path / "rt.csv").write_text("code\n", encoding="utf-8")
    return ListedDistrict(name="kota", url=str(tmp_path))


def outcome(listed: ListedDistrict, state: State = State.DONE) -> dict[str, JobOutcome]:
    basis = read_basis(listed.url, REQUEST.options())
    result = JobOutcome(
        district=listed.name,
        url=listed.url,
        use_case="plan",
        week="2026-W48",
        state=state,
        exit_code=0,
        basis=basis,
    )
    return {listed.url: result}


def reasons(
    listed: ListedDistrict,
    known: dict[str, JobOutcome],
    selection: str,
    request: Request = REQUEST,
) -> list[str]:
    return [
        str(why) for each in select([listed], known, request, selection) for why in each.reasons
    ]


def test_without_a_selection_every_district_runs(listed: ListedDistrict) -> None:
    """Whatever is known of it."""
    assert reasons(listed, outcome(listed), ALL) == ["asked for"]


def test_a_district_without_a_result_is_missing_and_changed(listed: ListedDistrict) -> None:
    """It has not failed."""
    assert reasons(listed, {}, MISSING) == reasons(listed, {}, CHANGED) == ["no result yet"]
    assert reasons(listed, {}, FAILED) == []


def test_what_failed_runs_again_when_asked(listed: ListedDistrict) -> None:
    """With --only failed; --resume leaves it, its result is known."""
    known = outcome(listed, State.FAILED)
    assert reasons(listed, known, FAILED) == ["failed before"]
    assert reasons(listed, known, MISSING) == []


def test_nothing_changed_is_nothing_to_do(listed: ListedDistrict) -> None:
    """Also where planner.toml has one comment more."""
    known = outcome(listed)
    Path(listed.url, "planner.toml").write_text("[rates]\nwalk_m = 800 # so far\n")
    assert reasons(listed, known, CHANGED) == []


def test_each_change_is_named(listed: ListedDistrict) -> None:
    """An input, a setting and an option."""
    known = outcome(listed)
    Path(listed.url, "rt.csv").write_text("code,rt\n", encoding="utf-8")
    Path(listed.url, "planner.toml").write_text("[rates]\nwalk_m = 900\n", encoding="utf-8")
    other = Request(use_case="plan", week="2026-W48", search=Search(iterations=6))
    assert reasons(listed, known, CHANGED, other) == [
        "input rt.csv",
        "setting rates.walk_m",
        "option iterations",
    ]


def test_another_version_is_a_change(listed: ListedDistrict) -> None:
    """Of OR-Tools, say."""
    (key, before), *_ = outcome(listed).items()
    assert before.basis is not None
    older = before.basis.model_copy(update={"versions": {**current_versions(), "ortools": "1.0"}})
    known = {key: before.model_copy(update={"basis": older})}
    assert reasons(listed, known, CHANGED) == ["version of ortools"]
