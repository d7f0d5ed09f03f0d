"""What was counted, what vans did, and who is left: plain data and arithmetic, without SQL.

For every unit and on every day, counts + inflow = recorded + struck off + left (`Balance`).
"""

from planner.backlog.attribution import (
    DONE,
    PRINTED,
    UNPRINTED,
    Attributed,
    attribute,
    attribute_cards,
)
from planner.backlog.balance import (
    Balance,
    Inflow,
    Reconciled,
    balances,
    card_changes,
    cards_told,
    no_inflow,
    not_printed,
    reconcile,
)
from planner.backlog.inflow import estimate_inflow, turning_17, whole_counts
from planner.backlog.records import (
    COUNTS,
    OUTCOMES,
    RECORDED,
    STRUCK,
    Counts,
    Group,
    PermissionEntry,
    Publication,
    PublishedStop,
    SiteDemand,
    StruckOff,
    Tally,
    UnitCount,
    permissions_in_force,
)
from planner.backlog.residual import OTHER, Residual, find_residuals
from planner.backlog.tally_checks import check_tally
