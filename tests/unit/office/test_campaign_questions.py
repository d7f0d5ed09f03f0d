"""What if of a whole campaign."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.analysis.campaign import CampaignCase, CampaignVerdict, Goal
from planner.errors import InputError
from planner.i18n.words import Words
from planner.office.campaign import plan_campaign
from planner.office.campaign_questions import compare_campaigns, find_fewest_vans
from planner.office.district_folder import read_district
from planner.office.search import Search
from planner.render.campaign_cases import build_case_lines, build_fewest_lines
from planner.scenarios import scenarios_from_options
from tests.builders.campaigns import campaign
from tests.builders.folders import sound_folder

WEEK = "2026-W48"
SEARCH = Search(iterations=2, cores=1, seed=0)
ENGLISH = Words(language="en")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small district with a campaign to half of those whom its van reaches."""
    folder = tmp_path_factory.mktemp("questions") / "kota"
    folder.mkdir()
    sound_folder(folder)
    goal = Goal(target=0.5, max_weekends=4)
    plan_campaign(read_district(folder), WEEK, goal, search=SEARCH)
    return folder


@pytest.mark.slow
def test_scenarios_stand_beside_the_campaign(folder: Path) -> None:
    """A van more and a weekday more; what is kept in the folder stays as it is."""
    before = (folder / "campaign" / "campaign.json").read_bytes()
    asked = scenarios_from_options({"vans": ["+1"], "weekday": ["+Jum"]}, apart=True)
    base, van, weekday = compare_campaigns(read_district(folder), asked, search=SEARCH)
    assert (folder / "campaign" / "campaign.json").read_bytes() == before
    assert base.weekends is not None
    assert (van.campaign.least_weekends or 99) <= (base.campaign.least_weekends or 0)
    assert weekday.campaign.weeks[0].van_days >= base.campaign.weeks[0].van_days
    lines = build_case_lines((base, van, weekday), ENGLISH)
    assert [line.split("  ")[0] for line in lines[1:]] == [
        "without changes",
        "vans +1",
        "weekday +Jum",
    ]


def test_a_single_date_says_nothing_of_a_campaign(folder: Path, tmp_path: Path) -> None:
    """It is refused, as is a folder without a campaign."""
    asked = scenarios_from_options({"day": ["+2026-11-30"]})
    with pytest.raises(InputError, match="--day: holds for a week alone; leave it out"):
        compare_campaigns(read_district(folder), asked, search=SEARCH)
    bare = Path(shutil.copytree(folder, tmp_path / "kota"))
    shutil.rmtree(bare / "campaign")
    with pytest.raises(InputError, match="there is no campaign; run planner campaign first"):
        compare_campaigns(read_district(bare), asked, search=SEARCH)


def test_a_verdict_needs_a_bound() -> None:
    """At least 4 weekends without changes: 3 with them are fewer for sure, 4 perhaps."""
    finished = campaign(5)
    base = CampaignCase(name="", campaign=replace(finished, least_weekends=4))
    fewer = CampaignCase(name="a", campaign=replace(campaign(3), least_weekends=2))
    perhaps = CampaignCase(name="b", campaign=replace(campaign(4), least_weekends=3))
    never = CampaignCase(
        name="c", campaign=replace(finished, least_weekends=None, is_finished=False)
    )
    verdicts = [case.verdict(base) for case in (fewer, perhaps, never)]
    assert verdicts == [CampaignVerdict.FEWER, CampaignVerdict.FOUND, CampaignVerdict.MORE]


@pytest.mark.slow
def test_the_fewest_vans_are_found_and_fewer_proven_not_to_be_enough(folder: Path) -> None:
    """A goal that one van reaches; and one that no number does, as nobody is left to come."""
    district = read_district(folder)
    easy = Goal(target=0.3, until=date(2027, 3, 1))
    found = find_fewest_vans(district, WEEK, easy, search=SEARCH)
    assert (found.vans, found.least) == (1, 1)
    assert build_fewest_lines(found, ENGLISH)[0].startswith("1 vans reach the goal in 2026-W")
    past = Goal(target=1.0, until=date(2026, 11, 1))
    never = find_fewest_vans(district, WEEK, past, search=SEARCH)
    assert never.vans is None
    assert never.least > 1
    with pytest.raises(InputError, match="--fewest-vans: needs a last day; add --until"):
        find_fewest_vans(district, WEEK, Goal(), search=SEARCH)
