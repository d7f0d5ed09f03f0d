"""A campaign in the folder of a district, and what other use cases take from it."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.analysis.campaign import Campaign, Goal
from planner.backlog import Tally
from planner.campaign.beyond_vans import find_beyond_vans
from planner.district import Permission, Venue
from planner.errors import InputError
from planner.i18n.words import Words
from planner.office.campaign import plan_campaign, save_report
from planner.office.campaign_records import read_asked
from planner.office.district_folder import read_district
from planner.office.history import open_ledger
from planner.office.listener import Listener
from planner.office.paper import save_publication
from planner.office.plan import plan_week, save_plan
from planner.office.search import Search
from planner.office.tally import published_week
from planner.office.week_plan import read_week_plan
from planner.render.campaign_table import build_campaign_lines
from planner.store.campaign_folder import CampaignFolder
from tests.builders.folders import sound_folder

WEEK, MONDAY = "2026-W48", date(2026, 11, 30)
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


def _refuse(venue: Venue) -> Venue:
    return replace(venue, permission=Permission.REFUSED)


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


def test_after_a_tally_the_campaign_goes_on_from_what_happened(folder: Path) -> None:
    """The first weekend is done, the others follow, and what it cost is told."""
    district = read_district(folder)
    asked = read_asked(district)
    assert asked is not None
    save_plan(plan_week(district, WEEK, search=SEARCH, from_campaign=True))
    save_publication(read_week_plan(folder, WEEK))
    stops = published_week(district, WEEK).stops
    open_ledger(district).add_tallies(
        Tally(day=stop.day, van=stop.van, place=stop.place, counts={"recorded_17": 3})
        for stop in stops
    )
    first, goal = asked
    again = plan_campaign(read_district(folder), first, goal, search=SEARCH, today=MONDAY)
    (done,) = again.done
    promised = sum(stop.people for stop in stops)
    assert (done.week, done.recorded, done.promised) == (WEEK, 3 * len(stops), promised)
    assert again.weeks[0].week == "2026-W49"
    assert done.least_after == again.least_weekends
    assert done.cost is not None
    assert done.cost >= 0
    kept = plan_campaign(read_district(folder), first, goal, search=SEARCH, today=MONDAY)
    assert kept == again
    lines = build_campaign_lines(read_district(folder), again, Words(language="en"))
    told = f"{WEEK} recorded {done.recorded} of {promised}; the least number of weekends went"
    assert any(line.startswith(told) for line in lines)


def test_a_report_lies_beside_the_weekends(planned: tuple[Path, Campaign]) -> None:
    """Page, workbook and map; plans of another campaign before are gone."""
    folder, campaign = planned
    stale = folder / "campaign" / "2031-W01.json"
    stale.write_text("{}", encoding="utf-8")
    names = {path.name for path in save_report(read_district(folder), campaign)}
    assert names == {"campaign.pdf", "campaign.xlsx", "campaign.html"}
    assert not stale.exists()
    assert (folder / "campaign" / f"{WEEK}.json").exists()


def test_whom_no_van_can_record_is_told_with_the_reason(planned: tuple[Path, Campaign]) -> None:
    """They are all who can be met and whom vans do not reach."""
    folder, campaign = planned
    district = read_district(folder)
    assert sum(beyond.people for beyond in campaign.beyond) == campaign.beyond_vans
    shut = replace(district, venues=tuple(_refuse(venue) for venue in district.venues))
    beyond = find_beyond_vans(shut, WEEK)
    everybody = sum(home.backlog for home in district.neighbourhoods)
    at_places = [entry for entry in beyond if not entry.kelurahan]
    assert sum(entry.people for entry in beyond if entry.kelurahan) == everybody
    assert {entry.reason for entry in at_places} == {"permission refused"}


def test_a_campaign_without_weekends_is_told(folder: Path) -> None:
    """Its last day is over, or the first weekend records too few; nothing is drawn then."""
    district = read_district(folder)
    with pytest.raises(
        InputError, match="--until: 2020-01-31 is before the first weekend, 2026-W48"
    ):
        plan_campaign(district, WEEK, Goal(until=date(2020, 1, 31)), search=SEARCH)
    few = plan_campaign(district, WEEK, Goal(stop_below=1000.0), search=SEARCH)
    assert (few.weeks, few.is_finished, save_report(district, few)) == ((), False, ())
    words = Words(language="en")
    assert "not finished: 93 left after 0 weekends" in build_campaign_lines(district, few, words)
