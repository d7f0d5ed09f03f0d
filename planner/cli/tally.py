"""The command that takes in what a week has done."""

import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from planner.backlog import COUNTS, PublishedStop, Tally
from planner.cli.language import notify, translate, words
from planner.cli.options import Folder, Json, Prompt, TallyPath, WeekArgument
from planner.cli.output import print_lines, print_result, suggest
from planner.district import District
from planner.errors import Mistake
from planner.i18n.messages import Message, say
from planner.office.district_folder import read_district
from planner.office.tally import (
    READERS,
    TallyReport,
    add_typed,
    published_week,
    read_tally_file,
    write_tally_workbook,
)


def tally(
    folder: Folder,
    week: WeekArgument,
    file: TallyPath = None,
    prompt: Prompt = False,
    as_json: Json = False,
) -> int:
    """Take in what a week has done: planner tally kota-saya 2026-W48.

    Without FILE it writes tallies/WEEK.xlsx, a row per published stop, to be filled in. With FILE
    it reads that workbook, or a CSV file with the same columns. Late and partial numbers are fine;
    what does not add up is named and kept. Exit code 1: something does not add up.
    """
    district = read_district(folder)
    if prompt:
        return _prompt(district, week)
    if file is None:
        path = write_tally_workbook(district, week)
        print_lines([str(path)])
        suggest("tally", folder, week, path)
        return 0
    report = read_tally_file(district, week, file)
    print_result(as_json, lambda: _as_dict(report), lambda: _lines(report))
    suggest("progress", folder)
    return 1 if report.oddities else 0


def _lines(report: TallyReport) -> Iterator[Message]:
    yield say(
        "stops: {new} new, {corrections} corrected, {unchanged} unchanged",
        new=report.new,
        corrections=report.corrections,
        unchanged=report.unchanged,
    )
    if report.permissions:
        yield say("permissions: {n} new", n=report.permissions)
    if report.struck_off:
        yield say("struck off: {n} rows", n=report.struck_off)
    yield say("recorded in {week}: {n}", week=report.week, n=report.recorded)
    for stop in report.open_stops:
        yield say("no numbers yet: {stop}", stop=_stop_line(stop))
    for oddity in report.oddities:
        yield say("please check: {what}", what=oddity)


def _as_dict(report: TallyReport) -> dict[str, object]:
    return asdict(report) | {
        "open_stops": [
            {"date": stop.day.isoformat(), "van": stop.van, "place": stop.place}
            for stop in report.open_stops
        ],
        "oddities": [translate(oddity) for oddity in report.oddities],
    }


def _stop_line(stop: PublishedStop) -> str:
    """A stop as the sheet has it."""
    spoken = words()
    return (
        f"{spoken.short_date(stop.day)} {stop.van}-{stop.order} {stop.name}"
        f" {spoken.hours(stop.serve_s, stop.packup_s)}"
    )


def _prompt(district: District, week: str) -> int:
    """Ask for each stop in the order of the sheet; what is typed is kept stop by stop."""
    notify(say("Enter skips a number, . ends a stop, the end of input ends all."))
    code = 0
    for stop in published_week(district, week).stops:
        notify(say("{stop}, {n} planned", stop=_stop_line(stop), n=stop.people))
        typed, is_over = _ask(stop)
        if not typed.is_empty:
            report = add_typed(district, week, [typed])
            for oddity in report.oddities:
                notify(say("please check: {what}", what=oddity))
                code = 1
            notify(say("kept"))
        if is_over:
            break
    return code


def _ask(stop: PublishedStop) -> tuple[Tally, bool]:
    """What is typed of a stop, and whether the input has ended."""
    told: dict[str, Any] = {}
    ends = {"started_s": say("started"), "ended_s": say("ended"), "note": say("obstacles")}
    is_over = False
    for name, question in {**COUNTS, **ends}.items():
        while (answer := _read_line(translate(say(question)))) not in {None, "", "."}:
            try:
                told[name] = READERS[name](str(answer))
                break
            except Mistake as mistake:
                notify(mistake.at(say(question)).message)
        if answer is None or answer == ".":
            is_over = answer is None
            break
    counts = {name: told.pop(name) for name in COUNTS if name in told}
    return Tally(day=stop.day, van=stop.van, place=stop.place, counts=counts, **told), is_over


def _read_line(question: str) -> str | None:
    """What is typed after a question; None at the end of input."""
    sys.stderr.write(f"  {question}: ")
    sys.stderr.flush()
    line = sys.stdin.readline()
    return line.strip() if line else None
