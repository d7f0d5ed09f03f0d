"""The command that says why: why a place is left out, why a stop is as it is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from planner.cli.language import words
from planner.cli.option_values import COMING
from planner.cli.options import Folder, InsteadOf, Json, OptionalPlace, Week, add_search_options
from planner.cli.output import print_json, print_lines, print_result, suggest
from planner.cli.terminal_listener import terminal_listener
from planner.errors import input_error
from planner.i18n.language import LANGUAGES
from planner.i18n.messages import say
from planner.i18n.words import Words
from planner.office.explain import (
    Explanation,
    ExplanationWriter,
    NeighbourhoodExplanation,
    NeighbourhoodWriter,
    compare_places,
    explain_homes,
    explain_left_out,
    explain_place,
    find_homes,
    find_place,
    find_stopped_at,
    read_plan_to_explain,
    remarks,
    what_if_changes,
)
from planner.office.search import Search
from planner.render.text_table import align_columns

_Why = TypeVar("_Why")


@add_search_options(
    say("Time limit of the answer in seconds (default 7)."),
    *("solver", "iterations", "seed", "processes"),
)
def explain(
    folder: Folder,
    week: Week = COMING,
    site: OptionalPlace = None,
    instead_of: InsteadOf = None,
    *,
    search: Search,
    as_json: Json = False,
) -> None:
    """Explain why a place is left out of the plan: planner explain kota-saya --week 2026-W48 T-12.

    A place may be an RT, an RW or a kelurahan too ("RW 012 Melati"): then tells where its people
    could go, and what a point among them would change.

    For a place with a stop, explains the choice of van and date. The cost of a visit and the
    smallest change that would bring the place in are found by planning again. What is proven is
    marked as proven; the rest is the best found within the time limit.
    """
    with terminal_listener() as listener:
        plan = read_plan_to_explain(folder, week, listener=listener)
        writer = ExplanationWriter(plan.horizon, words(), remarks(plan))
        if site is None:
            if instead_of is not None:
                what = say("needs PLACE as well")
                raise input_error("--instead-of", what, say("add the place that is left out"))
            left_out = explain_left_out(plan, search=search, listener=listener)
            _print_left_out(writer, left_out, as_json=as_json)
            return
        if instead_of is None and (homes := find_homes(plan, site)):
            answers = explain_homes(plan, homes, site, search=search, listener=listener)
            neighbourhoods = NeighbourhoodWriter(plan.horizon, words(), remarks(plan))
            _print_neighbourhood(neighbourhoods, answers, as_json=as_json)
            return
        place = find_place(plan, site)
        writer = replace(writer, remarks=remarks(plan, place))
        stopped_at = instead_of and find_stopped_at(plan, instead_of, place, "--instead-of")
        if stopped_at and place.id in plan.venues:
            forced = compare_places(plan, stopped_at, place, search=search, listener=listener)
            sentences = writer.comparison_sentences(forced, stopped_at.id, place.id)
            print_result(as_json, lambda: {"sentences": sentences}, lambda: sentences)
        else:
            _print_explanation(
                writer,
                explain_place(plan, place, search=search, listener=listener),
                as_json=as_json,
            )


def _print_left_out(
    writer: ExplanationWriter, left_out: Sequence[Explanation], *, as_json: bool
) -> None:
    """A row for each place left out: code, name, reason."""
    rows = [[why.code.value, why.venue.name, writer.reason_line(why)] for why in left_out]
    lines = align_columns(rows, num_texts=3) if rows else [say("no place is left out")]
    print_result(as_json, lambda: [_row(writer, why) for why in left_out], lambda: lines)
    if rows and not as_json:
        horizon = writer.horizon
        suggest("explain", horizon.district.folder, "--week", horizon.week, left_out[-1].venue.id)


def _say(
    explanations: Iterable[_Why], sentences: Callable[[_Why], list[str]], *, as_json: bool
) -> _Why:
    """The last explanation; what each adds is printed at once, unless all is told as JSON."""
    said = 0
    for why in explanations:
        told = sentences(why)
        if not as_json and told[said:]:
            print_lines(told[said:])
        said = len(told)
    return why


def _print_neighbourhood(
    writer: NeighbourhoodWriter,
    explanations: Iterable[NeighbourhoodExplanation],
    *,
    as_json: bool,
) -> None:
    """Every sentence as soon as it is known, then the code and what could be done."""
    why = _say(explanations, writer.neighbourhood_sentences, as_json=as_json)
    if as_json:
        print_json(writer.neighbourhood_dict(why))
        return
    if why.code is not None:
        print_lines([say("{code}: {action}.", code=why.code.value, action=why.code.action)])
    if why.best_left_out is not None:
        horizon, place = writer.horizon, why.best_left_out.venue.id
        suggest("explain", horizon.district.folder, "--week", horizon.week, place)


def _print_explanation(
    writer: ExplanationWriter, explanations: Iterable[Explanation], *, as_json: bool
) -> None:
    """Every sentence as soon as it is known, then the code and what could be done."""
    why = _say(explanations, writer.sentences, as_json=as_json)
    if as_json:
        print_json(_as_dict(writer, why))
    else:
        print_lines([say("{code}: {action}.", code=why.code.value, action=why.code.action)])


def _as_dict(writer: ExplanationWriter, explanation: Explanation) -> dict[str, Any]:
    """An explanation for JSON."""
    others = {name: replace(writer, words=Words(language=name)) for name in LANGUAGES}
    instance = writer.horizon.instance
    changes = [
        {
            "lever": change.step.parameter.value,
            "amount": change.amount,
            "at_least": change.at_least * change.step.size,
            "proven": change.is_proven,
            "certain": change.is_certain,
            "options": " ".join(map(str, what_if_changes(instance, explanation.venue.id, change))),
        }
        for change in explanation.changes
    ]
    sentences = {name: other.sentences(explanation) for name, other in others.items()}
    return _row(writer, explanation) | {"sentences": sentences, "changes": changes}


def _row(writer: ExplanationWriter, explanation: Explanation) -> dict[str, Any]:
    """A reason for JSON."""
    forced = explanation.forced
    return {
        "id": explanation.venue.id,
        "name": explanation.venue.name,
        "code": explanation.code.value,
        "reason": writer.reason_line(explanation),
        "proven": explanation.is_proven,
        "expected": explanation.expected,
        "action": writer.action(explanation),
        "people": explanation.people,
        "people_with_a_stop": None if forced is None else forced.result.people,
        "worth_less": None if forced is None else round(forced.cost.worth, 4),
        "worth_less_at_least": round(explanation.cost_bound, 4),
        "worth_less_at_most": None if forced is None else forced.cost.upper_bound,
    }
