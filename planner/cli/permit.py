"""The command that keeps what hosts said."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from planner.cli.app import add_options
from planner.cli.language import notify, words
from planner.cli.option_values import COMING, parse_date
from planner.cli.options import PLACE, Folder, Json, Told, Week, keep_told, option
from planner.cli.output import print_lines, print_result, suggest
from planner.cli.terminal_listener import terminal_listener
from planner.errors import input_error
from planner.i18n.messages import say
from planner.office.district_folder import read_district
from planner.office.permit import Call, rank_calls
from planner.office.permit import permit as keep_permission
from planner.render.text_table import align_columns

Place = Annotated[
    str | None,
    typer.Argument(metavar=PLACE, help=say("Id or name of a place."), show_default=False),
]
State = Annotated[
    str | None,
    typer.Argument(
        metavar=say("STATE"),
        help=say("belum dihubungi, surat dikirim, disetujui or ditolak."),
        show_default=False,
    ),
]


def _text(name: str, text: str, metavar: str, parser: Any = None) -> Any:
    return Annotated[str | None, option(name, text, metavar, parser)]


TEXT, DATE = say("TEXT"), say("DATE")

ANSWER = {
    "day": _text("--date", say("The date agreed (default: any)."), DATE, parse_date),
    "hours": _text("--hours", say("The hours agreed on that date."), TEXT),
    "room": _text("--room", say("The room."), TEXT),
    "contact": _text("--contact", say("Contact for the crew: role and number."), TEXT),
    "letter_number": _text("--letter-number", say("Number of the letter."), TEXT),
    "letter_date": _text("--letter-date", say("Date of the letter."), DATE, parse_date),
}
"""The option behind each text of an answer."""


@add_options("answer", ANSWER, keep_told)
def permit(
    folder: Folder,
    place: Place = None,
    state: State = None,
    *,
    week: Week = COMING,
    answer: Told,
    as_json: Json = False,
) -> int:
    """Keep what hosts said, and list whom to call: planner permit kota-saya T-12 disetujui.

    With --date the host agreed to that date alone, else to any on which the place is open. Without
    PLACE it lists the hosts to call for the week, those first whose permission would bring most
    people.
    """
    district = read_district(folder)
    if place is None:
        with terminal_listener() as listener:
            calls = rank_calls(district, week, listener=listener)
        print_result(as_json, lambda: [_as_dict(call) for call in calls], lambda: _lines(calls))
        return 0
    if state is None:
        raise input_error("planner permit", say("STATE is missing"), say("add disetujui"))
    entry, remarks = keep_permission(district, place, state, **answer)
    print_lines([say("{place}: {state}", place=entry.place, state=say(entry.state.value))])
    for remark in remarks:
        notify(remark)
    suggest("plan", folder, "--week", week)
    return 1 if remarks else 0


def _lines(calls: Sequence[Call]) -> list[str]:
    spoken = words()
    if not calls:
        return [say("no permission is open that would bring anybody")]
    heads = ("Place", "Permission", "Contact", "Date", "Service", "People")
    rows = [[spoken(head) for head in heads]]
    for call in calls:
        stop, day = call.stop, call.day
        rows.append(
            [
                call.venue.name,
                spoken(call.venue.permission.value),
                call.venue.contact or "-",
                spoken.short_date(day) if day else "-",
                spoken.hours(stop.serve_s, stop.packup_s) if stop else "-",
                spoken.number(call.people),
            ]
        )
    return align_columns(rows, num_texts=5)


def _as_dict(call: Call) -> dict[str, object]:
    return {
        "place": call.venue.id,
        "name": call.venue.name,
        "permission": call.venue.permission.value,
        "contact": call.venue.contact,
        "date": call.day.isoformat() if call.day else None,
        "people": call.people,
    }
