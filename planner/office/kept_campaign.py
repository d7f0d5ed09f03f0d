"""The campaign in the folder of a district, as other use cases go on from it."""

import json
from dataclasses import asdict
from hashlib import sha256

from planner.district import District
from planner.errors import input_error
from planner.i18n.messages import say
from planner.office.listener import Listener
from planner.plan import Plan
from planner.store.campaign_folder import CampaignFolder


def digest_district(district: District) -> str:
    """Other for every other content of tables, settings and ledger."""
    outcomes = [asdict(outcome) for outcome in district.outcomes]
    agreements = [asdict(agreement) for agreement in district.agreements]
    permissions = {venue.id: venue.permission for venue in district.venues}
    told = [dict(district.sources), district.settings, outcomes, agreements, permissions]
    return sha256(json.dumps(told, default=str, sort_keys=True).encode()).hexdigest()


def read_weekend(district: District, week: str, listener: Listener) -> Plan:
    """The plan that a campaign has for a week; who listens is told where it is out of date.

    Raises
    ------
    InputError
        Where there is no campaign, or the week is none of its weekends.
    """
    folder = CampaignFolder.of_district(district.folder)
    index = folder.read()
    remedy = say("run planner campaign first, or plan without --from-campaign")
    if index is None:
        raise input_error(str(folder.path), say("there is no campaign"), remedy)
    weeks = [entry["week"] for entry in index["weeks"]]
    if week not in weeks:
        span = say("{first} to {last}", first=weeks[0], last=weeks[-1]) if weeks else say("none")
        what = say("the campaign has no weekend {week} (weekends: {span})", week=week, span=span)
        raise input_error(str(folder.path), what, remedy)
    if index.get("district") != digest_district(district):
        listener.notice(
            say("the tables or tallies are newer than the campaign; planner campaign renews it")
        )
    return folder.read_result(week).plan
