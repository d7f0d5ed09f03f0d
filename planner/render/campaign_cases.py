"""Campaigns with changes beside the one without, and how few vans finish in time."""

from collections.abc import Sequence
from typing import Any

from planner.analysis.campaign import CampaignCase, FewestVans
from planner.i18n.words import Words
from planner.render.text_table import Row, align_columns, format_difference, to_texts


def build_case_dicts(cases: Sequence[CampaignCase]) -> list[dict[str, Any]]:
    """For JSON: the campaign without changes, then each scenario beside it."""
    base, number = cases[0], len(cases[0].campaign.weeks)
    return [
        {
            "name": case.name,
            "weekends": case.weekends,
            "least_weekends": case.campaign.least_weekends,
            "reachable": case.campaign.reachable,
            "recorded": case.recorded_by(number),
            "weekends_verdict": None if case is base else case.verdict(base).name.lower(),
        }
        for case in cases
    ]


def build_case_lines(cases: Sequence[CampaignCase], words: Words) -> list[str]:
    """A line for each, found and proven told apart."""
    return align_columns(to_texts([_row(case, cases[0], words) for case in cases]))


def _row(case: CampaignCase, base: CampaignCase, words: Words) -> Row:
    number = len(base.campaign.weeks)
    people, before = case.recorded_by(number), base.recorded_by(number)
    least = case.campaign.least_weekends
    texts = {
        words("Scenario"): case.name or words("without changes"),
        words("Weekends found"): (
            words("not finished") if case.weekends is None else words.number(case.weekends)
        ),
        words("At least weekends"): words("never") if least is None else words.number(least),
        words("Weekends"): "" if case is base else words(case.verdict(base).value),
        words("Reached by vans"): words.number(case.campaign.reachable),
        words("Recorded in {n} weekends", n=number): words.number(people),
        words("Difference"): "" if case is base else format_difference(people - before, words),
    }
    return {name: (text, text) for name, text in texts.items()}


def fewest_dict(found: FewestVans) -> dict[str, Any]:
    """For JSON."""
    campaign = found.campaign
    return {
        "vans": found.vans,
        "proven_least_vans": found.least,
        "weekends": [week.week for week in campaign.weeks] if campaign else [],
        "left": campaign.left if campaign else None,
    }


def build_fewest_lines(found: FewestVans, words: Words) -> list[str]:
    """What was found, and what is proven."""
    less = found.least - 1
    proven = [words("proven not to be enough: {n} vans", n=less)] if less else []
    if found.vans is None or found.campaign is None:
        return [words("no number of vans tried reaches the goal in time"), *proven]
    week = found.campaign.weekends[-1] if found.campaign.weekends else ""
    return [words("{n} vans reach the goal in {week}", n=found.vans, week=week), *proven]
