"""A campaign in the folder of a district, and what other use cases take from it."""

import shutil
from pathlib import Path

import pytest

from planner.analysis.campaign import Campaign, Goal
from planner.errors import InputError
from planner.office.campaign import plan_campaign
from planner.office.district_folder import read_district
from planner.office.listener import Listener
from planner.office.plan import plan_week
from planner.office.search import Search
from planner.store.campaign_folder import CampaignFolder
from tests.builders.folders import sound_folder

WEEK = "2026-W48"
SEARCH = Search(iterations=3, cores=1, seed=0)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Campaign]:
    """A small district with a campaign of three weekends."""
    folder = tmp_path_factory.mktemp("campaign") / "kota"
    folder.mkdir()
    sound_folder(folder)
    goal = Goal(target=0.9, max_weekends=3)
    return folder, plan_campaign(read_district(folder), WEEK, goal, search=SEARCH)


@pytest.fixture
def folder(planned: tuple[Path, Campaign], tmp_path: Path) -> Path:
    return Path(shutil.copytree(planned[0], tmp_path / "kota"))


def test_a_weekend_of_a_campaign_becomes_the_plan_of_its_week(folder: Path) -> None:
    """Stop by stop, and the version says where it is from."""
    found = plan_week(read_district(folder), WEEK, search=SEARCH, from_campaign=True)
    kept = CampaignFolder.of_district(folder).read_result(WEEK).plan
    assert set(kept.routes) <= set(found.plan.routes)
    assert found.because == "plan --from-campaign"


def test_a_week_that_is_no_weekend_of_the_campaign_is_refused(folder: Path) -> None:
    """The span is named."""
    with pytest.raises(InputError, match=r"no weekend 2027-W30 \(weekends: 2026-W48 to"):
        plan_week(read_district(folder), "2027-W30", search=SEARCH, from_campaign=True)
    shutil.rmtree(folder / "campaign")
    with pytest.raises(InputError, match="there is no campaign; run planner campaign first"):
        plan_week(read_district(folder), WEEK, search=SEARCH, from_campaign=True)


def test_a_campaign_older_than_the_tables_is_told(folder: Path) -> None:
    """By a day in the calendar; its plan still holds."""
    heard: list[str] = []
    with (folder / "calendar.csv").open("a", encoding="utf-8") as calendar:
        calendar.write("2027-12-24,,tutup,libur\n")
    plan_week(
        read_district(folder),
        WEEK,
        search=SEARCH,
        from_campaign=True,
        listener=Listener(notice=heard.append),
    )
    assert any("newer than the campaign" in notice for notice in heard)


def test_people_left_are_told_by_kelurahan(planned: tuple[Path, Campaign]) -> None:
    """They add up, whoever no RT counts included; a campaign read again says the same."""
    folder, campaign = planned
    for week in campaign.weeks:
        assert sum(week.left_by_kelurahan.values()) == week.left
        assert min(week.left_by_kelurahan.values()) >= 0
    again = plan_campaign(read_district(folder), WEEK, campaign.goal, search=SEARCH)
    assert [week.left_by_kelurahan for week in again.weeks] == [
        week.left_by_kelurahan for week in campaign.weeks
    ]
