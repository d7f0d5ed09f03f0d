"""The command that says what changed between two plans."""

from planner.cli.language import notify, words
from planner.cli.options import Json, MapFile, PlanPath
from planner.cli.output import print_result
from planner.i18n.messages import say
from planner.office.diff import diff_plans, save_difference
from planner.render.change_text import encode_changes, format_changes
from planner.render.text_table import align_columns


def diff(before: PlanPath, after: PlanPath, map_: MapFile = None, as_json: Json = False) -> None:
    """Compare two plans stop by stop: planner diff plans/2026-W48/plan-1.json plans/2026-W48.

    Lists kept, moved, cancelled and new stops, and who must be informed. Plans of two weeks are
    compared weekday by weekday.
    """
    difference = diff_plans(before, after)
    changes = difference.before.plan, difference.after.plan, difference.changes, difference.venues
    before_people, after_people = difference.by_kelurahan
    kelurahan = {"people_by_kelurahan": [dict(before_people), dict(after_people)]}
    print_result(
        as_json,
        lambda: encode_changes(*changes) | kelurahan,
        lambda: [
            *format_changes(*changes, words()),
            *align_columns(difference.kelurahan_rows(words())),
        ],
    )
    if map_ is not None:
        save_difference(difference, map_)
        notify(say("map, to open in a browser: {path}", path=map_))
