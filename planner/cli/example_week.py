"""The plan of the example district on a map."""

from pathlib import Path

from planner.cli.language import notify, words
from planner.cli.output import print_result
from planner.cli.terminal_listener import NOTICES, terminal_listener
from planner.i18n.messages import say
from planner.office.district_folder import copy_example, read_district
from planner.office.paper import save_map
from planner.office.plan import plan_week, save_plan
from planner.office.search import Search
from planner.office.week_plan import read_week_plan
from planner.render.summary_text import build_summary_lines

DEMO_WEEK = "2026-W48"
DEMO_ITERATIONS = 48
"""Not seconds, so that everybody sees the same plan."""


def show_example(folder: Path, as_json: bool) -> None:
    """Plan and draw the weekend in a new folder, and say what it is worth."""
    district = read_district(copy_example(folder))
    with terminal_listener() as listener:
        plan = plan_week(
            district, DEMO_WEEK, search=Search(iterations=DEMO_ITERATIONS), listener=listener
        )
    path = save_plan(plan, listener=NOTICES)
    saved = read_week_plan(folder, DEMO_WEEK)
    figures = plan.summary
    print_result(as_json, figures.as_dict, lambda: build_summary_lines(figures, words()))
    notify(say("plan: {folder}", folder=path))
    notify(say("summary: {path}", path=path / "summary.txt"))
    notify(say("map, to open in a browser: {path}", path=save_map(saved, listener=NOTICES)))
