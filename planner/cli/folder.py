"""Commands on a district folder: make an empty one, check a filled one."""

import json

import typer

from planner import inputs
from planner.cli.language import notify, requested_language, shell_command, translate, words
from planner.cli.options import Folder, Json, OptionalWeek
from planner.cli.progress import preparing
from planner.horizon import build_horizon, next_week
from planner.i18n.language import DEFAULT_LANGUAGE
from planner.i18n.messages import say
from planner.i18n.words import Words
from planner.office.session import now_at, roads_cache
from planner.render.overview import build_overview, format_overview


def init(folder: Folder) -> None:
    """Write empty tables and settings that explain themselves: planner init kota-saya.

    In Indonesian, as the office then works, unless --lang says otherwise. Nothing that exists is
    overwritten.
    """
    language = requested_language() or DEFAULT_LANGUAGE
    for path in inputs.write_templates(folder, Words(language=language), language):
        typer.echo(str(path))
    notify(
        say(
            "next: fill the tables, then {command}",
            command=shell_command("planner", "check", folder),
        )
    )


def check(folder: Folder, week: OptionalWeek = None, as_json: Json = False) -> None:
    """Read every table, name every problem, say what was understood: planner check kota-saya.

    Exit code 0 if all is well, 1 if something needs a look, 2 if something must be mended.
    """
    district = inputs.read_district(folder)
    with preparing() as show:
        horizon = build_horizon(
            district,
            week or next_week(now_at(district.office).date()),
            cache=roads_cache(),
            tell=show,
        )
    found = build_overview(horizon)
    if as_json:
        typer.echo(json.dumps(found.as_dict(translate), indent=1, ensure_ascii=False))
    else:
        typer.echo("\n".join(format_overview(found, words())))
    notify(
        say(
            "next: {command}",
            command=shell_command("planner", "plan", folder, "--week", horizon.week),
        )
    )
    raise typer.Exit(1 if found.needs_a_look else 0)
