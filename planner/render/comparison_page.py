"""Scenarios on one page that opens without internet: charts, the table, and the maps in pairs."""

from collections.abc import Iterator, Sequence
from typing import Any

from planner.analysis.comparison import Case, Verdict, people_verdict, worth_verdict
from planner.analysis.itinerary import Itinerary
from planner.district import Venue
from planner.i18n.words import Words
from planner.render.comparison_charts import bar_lengths, scale_end, scatter_chart
from planner.render.comparison_map import MapSeries, draw_base_map, draw_plan, fit_series
from planner.render.comparison_table import (
    case_name,
    comparison_kelurahan,
    comparison_rows,
    found_difference,
)
from planner.render.html import fill_template, read_asset

NAMES = 8
"""Places named one by one; of more, the number."""


def draw_comparison(base: Case, cases: Sequence[Case]) -> str:
    """The plan without changes beside each scenario, as HTML without scripts."""
    office = base.horizon.district.office
    words, every = office.words, (base, *cases)
    return fill_template(
        "comparison.html",
        words=words,
        title=f"{office.name} · {base.horizon.week}",
        style=read_asset("comparison.css"),
        notes=_notes(base, cases, words),
        is_estimate=base.horizon.travel.straight,
        bars=[_bar(base, case, scale_end(every), words) for case in every],
        scatter=scatter_chart(every, words),
        table=comparison_rows(base, cases, words),
        kelurahan=comparison_kelurahan(base, cases, words),
        maps=_maps(base, cases, words),
    )


def _notes(base: Case, cases: Sequence[Case], words: Words) -> Iterator[str]:
    """What is compared, and what is proven of it."""
    yield words(
        "Scenarios: {count}, compared with the plan without changes, which records {people}.",
        count=len(cases),
        people=words.number_of("{n} person", "{n} people", base.result.people),
    )
    verdicts = [people_verdict(base, case) for case in cases]
    yield words(
        "Proven to reach more people: {more}. Proven to reach fewer: {fewer}. Undecided:"
        " {undecided}, as better plans than those found could reverse the difference.",
        more=verdicts.count(Verdict.MORE),
        fewer=verdicts.count(Verdict.FEWER),
        undecided=verdicts.count(Verdict.UNDECIDED) + verdicts.count(Verdict.UNSEARCHED),
    )


def _bar(base: Case, case: Case, end: float, words: Words) -> dict[str, Any]:
    return {
        **bar_lengths(case, base, end),
        "name": case_name(case, words),
        "people": words.number(case.result.people),
        "difference": found_difference(base, case, words)[0],
        "verdict": None if case is base else people_verdict(base, case),
    }


def _maps(base: Case, cases: Sequence[Case], words: Words) -> dict[str, Any] | None:
    """The map of each scenario beside that of the plan without changes; None without routes."""
    plans = [Itinerary(case.horizon, case.result.plan) for case in (base, *cases)]
    if not any(plan.routes for plan in plans):
        return None
    before, series = plans[0], fit_series(plans)
    return {
        "view_box": f"0 0 {series.frame.width} {series.frame.height}",
        "ground": draw_base_map(base.horizon, series),
        "base": draw_plan(before, series, gained=(), lost=()),
        "cases": [
            {
                "name": case.name,
                "difference": words(
                    "{difference} people",
                    difference=found_difference(base, case, words)[0],
                ),
                "verdicts": words(
                    "people: {people}; worth of the plan: {worth}",
                    people=words(people_verdict(base, case).value),
                    worth=words(worth_verdict(base, case).value),
                ),
                **_differences(before, plan, series, words),
            }
            for case, plan in zip(cases, plans[1:], strict=True)
        ],
    }


def _differences(
    before: Itinerary, after: Itinerary, series: MapSeries, words: Words
) -> dict[str, Any]:
    """Which places get a stop and which lose theirs, in words and on the map."""
    old, new = before.plan.served(), after.plan.served()
    gained = [after.venues[site_id] for site_id in new if site_id not in old]
    lost = [before.venues[site_id] for site_id in old if site_id not in new]
    told = []
    if gained:
        told.append(words("new stops: {names}", names=_names(gained, words)))
    if lost:
        told.append(words("no longer visited: {names}", names=_names(lost, words)))
    spots = [(venue.lat, venue.lon) for venue in lost]
    picture = draw_plan(after, series, gained={*new} - {*old}, lost=spots)
    return {"told": told, "picture": picture}


def _names(venues: Sequence[Venue], words: Words) -> str:
    names = ", ".join(venue.name for venue in venues[:NAMES])
    more = len(venues) - NAMES
    return words("{names} and {count} more", names=names, count=more) if more > 0 else names
