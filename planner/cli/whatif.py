"""The command for scenarios: what if there were a van more, a hall locked, a longer shift."""

from planner.cli.app import add_options
from planner.cli.completion import complete_places, complete_vans
from planner.cli.language import notify, words
from planner.cli.option_values import COMING
from planner.cli.options import (
    Each,
    Folder,
    Json,
    OfCampaign,
    Scarce,
    ScenarioName,
    Scenarios,
    Told,
    Week,
    add_search_options,
    keep_told,
    texts_option,
)
from planner.cli.output import print_result
from planner.cli.terminal_listener import terminal_listener
from planner.errors import input_error
from planner.i18n.messages import say
from planner.office.campaign_questions import compare_campaigns
from planner.office.district_folder import read_district
from planner.office.scarcity import Valuation, save_valuation, value_scarce
from planner.office.search import Search
from planner.office.whatif import Comparison, compare, read_scenarios, save_comparison
from planner.render.campaign_cases import build_case_dicts, build_case_lines
from planner.render.comparison_table import build_comparison_dicts, build_comparison_lines
from planner.render.scarcity_table import (
    build_price_line,
    build_scarcity_dicts,
    build_scarcity_lines,
)
from planner.scenarios import CHANGES

SHOWN = 20
"""Rows of the table on the terminal; the file has all."""

COMPLETIONS = {
    "without_van": complete_vans,
    **dict.fromkeys(("close", "open", "permit", "refuse", "visit", "weight"), complete_places),
}
"""What a shell completes behind an option of a change, by its name."""

CHANGE_OPTIONS = {
    name: texts_option(kind.option(), kind.help, kind.metavar, COMPLETIONS.get(name))
    for name, kind in CHANGES.items()
}
"""An option for each kind of change of a scenario, by its name."""


@add_options("changes", CHANGE_OPTIONS, keep_told)
@add_search_options(
    say("Time limit of each solve in seconds (default: about a minute for all)."),
    *("solver", "gap", "iterations", "seed", "processes"),
)
def whatif(
    folder: Folder,
    *,
    week: Week = COMING,
    changes: Told,
    scenarios: Scenarios = None,
    name: ScenarioName = None,
    each: Each = False,
    scarce: Scarce = False,
    of_campaign: OfCampaign = False,
    search: Search,
    as_json: Json = False,
) -> None:
    """Compare plans with and without changes: planner whatif kota-saya --week 2026-W48 --vans +1.

    With --scarce instead of changes, values one more of everything that is limited. With --campaign
    compares campaigns: weekends until the goal of the campaign in the folder, found and proven.

    All change options together make one scenario; --each makes one of each, --scenarios reads more
    from a file. All start from the plan without changes. Writes whatif/WEEK/comparison.html and
    comparison.csv in the folder; the plan of the week does not change.
    """
    if scarce and (changes or scenarios):
        what = say("cannot be combined with changes")
        raise input_error("--scarce", what, say("enter the changes in the tables first"))
    if scarce and of_campaign:
        what = say("cannot be combined with {option}", option="--campaign")
        raise input_error("--scarce", what, say("use one of them"))
    district = read_district(folder)
    with terminal_listener() as listener:
        if of_campaign:
            asked = read_scenarios(changes, scenarios, name=name, apart=each)
            cases = compare_campaigns(district, asked, search=search, listener=listener)
        elif scarce:
            valuation = value_scarce(district, week, search=search, listener=listener)
        else:
            asked = read_scenarios(changes, scenarios, name=name, apart=each)
            comparison = compare(district, week, asked, search=search, listener=listener)
    if of_campaign:
        print_result(
            as_json, lambda: build_case_dicts(cases), lambda: build_case_lines(cases, words())
        )
    elif scarce:
        _print_valuation(valuation, as_json=as_json)
    else:
        _print_comparison(comparison, as_json=as_json)


def _print_comparison(comparison: Comparison, *, as_json: bool) -> None:
    path = save_comparison(comparison)
    cases = comparison.base, comparison.cases
    print_result(
        as_json,
        lambda: build_comparison_dicts(*cases),
        lambda: build_comparison_lines(*cases, words()),
    )
    notify(say("to open in a browser: {path}", path=path))


def _print_valuation(valuation: Valuation, *, as_json: bool) -> None:
    """The table, and where one more person is worth most."""
    path = save_valuation(valuation)
    print_result(
        as_json, lambda: build_scarcity_dicts(valuation.worths, words()), lambda: _lines(valuation)
    )
    notify(say("table: {path}", path=path))


def _lines(valuation: Valuation) -> list[str]:
    names = {venue.id: venue.name for venue in valuation.horizon.venues}
    return [
        *build_scarcity_lines(valuation.worths[:SHOWN], words()),
        build_price_line(names, valuation.prices, words()),
    ]
