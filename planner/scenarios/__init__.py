"""Named changes to a district: one registry of changes, and the weekends they make."""

# Each file enters its changes into the registry, so these stand in the order of the help page.
# isort: off
from planner.scenarios.amount import Amount
from planner.scenarios.change import CHANGES, Change, register
from planner.scenarios.variant import Variant, Floor
from planner.scenarios.van_changes import ChangeCards, ChangeKits, SetShift
from planner.scenarios.place_changes import ChangeWeight, ClosePlace, OpenPlace, Permit, Refuse
from planner.scenarios.neighbourhood_changes import AddPoint, VisitPlace
from planner.scenarios.side_rules import LimitVansPerPlace, RecordAtLeast
from planner.scenarios.date_changes import ChangeDay, ChangeWeekday
from planner.scenarios.setting_changes import ChangeSetting
from planner.scenarios.horizons import apply_changes, build_changed_horizon
from planner.scenarios.scenario import Scenario, scenarios_from_options
from planner.scenarios.scenario_file import scenarios_from_file
# isort: on
