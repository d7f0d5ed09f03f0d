"""The command that lists versions of plans."""

from planner.cli.language import translate, words
from planner.cli.options import AnyWeek, Folder, Json
from planner.cli.output import print_result, suggest
from planner.i18n.messages import Message, say
from planner.office.district_folder import read_district
from planner.office.versions import PlanVersion, list_versions
from planner.render.text_table import align_columns


def versions(folder: Folder, week: AnyWeek = None, as_json: Json = False) -> None:
    """List the versions of plans: planner versions kota-saya --week 2026-W48.

    The last version of a week is in force. planner plan --restore NUMBER goes back to another.
    """
    kept = list_versions(read_district(folder), week)
    print_result(as_json, lambda: [_as_dict(version) for version in kept], lambda: _lines(kept))
    if not kept:
        suggest("plan", folder)


def _lines(kept: tuple[PlanVersion, ...]) -> list[str]:
    if not kept:
        return [say("there is no plan yet")]
    heads = say("week"), say("version"), say("written"), say("people"), say("state"), say("command")
    rows = [
        [
            version.week,
            str(version.number),
            f"{version.written:%Y-%m-%d %H:%M}",
            "-" if version.people is None else words().number(version.people),
            translate(_state(version)),
            version.because,
        ]
        for version in kept
    ]
    return align_columns([[translate(head) for head in heads], *rows], num_texts=len(heads))


def _state(version: PlanVersion) -> Message:
    if version.is_current and version.is_published:
        return say("in force, published")
    if version.is_current:
        return say("in force")
    return say("published") if version.is_published else say("replaced")


def _as_dict(version: PlanVersion) -> dict[str, object]:
    return {
        "week": version.week,
        "version": version.number,
        "written": version.written.isoformat(timespec="seconds"),
        "people": version.people,
        "published": version.is_published,
        "in_force": version.is_current,
        "because": version.because,
    }
