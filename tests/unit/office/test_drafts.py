"""Drafts that assume permission, and plans that are older than what was told since."""

from datetime import date
from pathlib import Path

import pytest

from planner.backlog import Tally
from planner.errors import InputError
from planner.i18n.messages import Message
from planner.office.district_folder import read_district
from planner.office.listener import Listener
from planner.office.paper import save_publication
from planner.office.plan import plan_week, save_plan
from planner.office.search import Search
from planner.office.tally import add_typed
from planner.office.week_plan import WeekPlan, read_week_plan
from planner.render.route_sheets import build_sheets_data
from tests.builders.folders import Folder
from tests.unit.office.conftest import WEEK

NEXT_WEEK = "2026-W49"
APPROVED = '\n[hours]\nschool = "Sen-Jum 07.00-14.00"\napproved_school = "Sab 08.00-12.00"\n'


def plan_again(folder: Path, week: str, cache: Path, *, assume: bool = False) -> WeekPlan:
    """A new plan, in force."""
    district = read_district(folder)
    search = Search(iterations=2)
    plan = plan_week(district, week, search=search, assume_permission=assume, cache=cache)
    save_plan(plan)
    return plan


def notices_of(folder: Path, week: str, cache: Path) -> list[str]:
    told: list[Message] = []
    read_week_plan(folder, week, cache=cache, listener=Listener(notice=told.append))
    return [str(message) for message in told]


@pytest.fixture
def folder(plan: WeekPlan) -> Path:
    """The school has no hours of its own, and was sent a letter."""
    kota = Folder(plan.horizon.district.folder)
    kota.edit("schools.csv", "Sab 07.00-12.00,disetujui", ",surat dikirim")
    kota.edit("planner.toml", 'code = "99.71"\n', f'code = "99.71"\n{APPROVED}')
    return kota.path


def test_a_draft_counts_on_hosts_who_have_not_answered(folder: Path, cache: Path) -> None:
    """The school opens on Saturday once it agrees: only a draft goes there, marked as one."""
    assert "99710001" not in plan_again(folder, WEEK, cache).plan.served()
    plan_again(folder, WEEK, cache, assume=True)
    draft = read_week_plan(folder, WEEK, cache=cache)
    assert "99710001" in draft.plan.served()
    assert draft.summary.assumes_permission
    assert "SMAN 1" in draft.summary.drafts
    assert build_sheets_data(draft.itinerary)["draft"]


def test_a_draft_is_never_published(folder: Path, cache: Path) -> None:
    """Marked as drafts its papers may be shown; sent out they are not."""
    plan_again(folder, WEEK, cache, assume=True)
    draft = read_week_plan(folder, WEEK, cache=cache)
    with pytest.raises(InputError, match="is a draft: it assumes permissions"):
        save_publication(draft)
    save_publication(draft, drafts=True)
    current = draft.plan_folder.current
    assert current is not None and not current.is_published


def test_hosts_who_refused_are_not_counted_on(folder: Path, cache: Path) -> None:
    """A draft asks nobody twice."""
    Folder(folder).edit("schools.csv", "surat dikirim", "ditolak")
    assert "99710001" not in plan_again(folder, WEEK, cache, assume=True).plan.served()


def test_a_plan_says_when_tallies_came_after_it(plan: WeekPlan, cache: Path) -> None:
    """Ten recorded on Sunday, told once next week is planned; its own tallies change nothing."""
    save_publication(plan)
    kota = plan.horizon.district.folder
    plan_again(kota, NEXT_WEEK, cache)
    assert not notices_of(kota, NEXT_WEEK, cache)
    sunday = Tally(day=date(2026, 11, 29), van="A", place="T2", counts={"recorded_17": 10})
    add_typed(read_district(kota), WEEK, [sunday])
    assert notices_of(kota, NEXT_WEEK, cache) == [
        "tallies in the ledger: changed since the plan was made; plan again"
    ]
    assert not notices_of(kota, WEEK, cache)
    plan_again(kota, NEXT_WEEK, cache)
    assert not notices_of(kota, NEXT_WEEK, cache)
