"""The results file of a batch."""

from pathlib import Path

from planner.batch.job_outcome import JobOutcome, ResultsFile, State


def outcome(name: str, state: State = State.DONE) -> JobOutcome:
    return JobOutcome(
        district=name,
        url=f"/land/{name}",
        use_case="plan",
        week="2026-W48",
        state=state,
        exit_code=0,
    )


def test_results_are_read_as_they_were_added(tmp_path: Path) -> None:
    """The last of a district counts."""
    file = ResultsFile(tmp_path / "plan.jsonl")
    for each in (outcome("a", State.FAILED), outcome("b"), outcome("a")):
        file.add(each)
    assert file.read() == {"/land/a": outcome("a"), "/land/b": outcome("b")}


def test_a_line_that_was_not_written_whole_is_none(tmp_path: Path) -> None:
    """As where the computer lost its power; a run begins by writing the file anew."""
    file = ResultsFile(tmp_path / "plan.jsonl")
    file.add(outcome("a"))
    with file.path.open("ab") as lines:
        lines.write(b'{"district":"b","ur')
    assert list(file.read()) == ["/land/a"]
    file.write(file.read().values())
    file.add(outcome("c"))
    assert list(file.read()) == ["/land/a", "/land/c"]
