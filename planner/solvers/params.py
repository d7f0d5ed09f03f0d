"""All that tunes the solvers, with its defaults; see docs/model.md for what it does.

Numbers that belong to the mathematics, such as what doubles can be off, stand where they are used.
"""

from typing import Annotated

from pydantic import ConfigDict, Field, NonNegativeFloat, NonNegativeInt, PositiveInt
from pydantic.dataclasses import dataclass

STRICT = ConfigDict(extra="forbid", strict=True)


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class GreedyParams:
    """The greedy plan.

    Attributes
    ----------
    timed_sites
        So many of the most promising sites are timed exactly before a van goes home.
    """

    timed_sites: NonNegativeInt = 30


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class RoutingParams:
    """Improvement by the routing library, part by part.

    Attributes
    ----------
    idle_rounds
        Rounds without a better plan after which there is nothing left to try.
    max_van_days, max_sites
        Of a part.
    sampled_sites
        From among so many, drawn anew for each part, the most promising are taken.
    kept_shares
        Shares of the stops that a part starts with; one of them is drawn each time.
    """

    idle_rounds: NonNegativeInt = 1000
    max_van_days: PositiveInt = 4
    max_sites: NonNegativeInt = 25
    sampled_sites: NonNegativeInt = 200
    kept_shares: Annotated[tuple[NonNegativeFloat, ...], Field(min_length=1)] = (0.0, 0.5, 0.8)


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class GridParams:
    """Grids of pricing, coarse to fine, the last of one second.

    Attributes
    ----------
    cells_per_stop, min_cells, max_cells
        The coarsest grid has so many cells for the quickest stop, but no fewer and no more in a
        shift.
    refinement
        Each grid has so many times more cells than the one before.
    quick_with_routes, first_with_routes
        The grid on which quick searches look for routes, and the first one of others;
        those before only choose sites.
    careful_step_s
        Amounts of routes are the best on a careful grid of this step, if that suffices.
    """

    cells_per_stop: PositiveInt = 10
    min_cells: PositiveInt = 100
    max_cells: PositiveInt = 600
    refinement: Annotated[int, Field(ge=2)] = 4
    quick_with_routes: PositiveInt = 1
    first_with_routes: NonNegativeInt = 2
    careful_step_s: PositiveInt = 4


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class PricingParams:
    """Searches for routes.

    Attributes
    ----------
    heuristic_sites
        Sites that a heuristic search goes on with.
    quick_beam, heuristic_beam
        Labels of a layer that a quick search goes on with, and any other.
    heuristic_share
        A heuristic search looks for routes above this share of what any route can earn.
    max_routes, max_exact_routes
        Taken from one heuristic search, and from an exact one.
    first_sites
        A first search looks at so many sites, those that earn most for each second there.
    attractive_sites
        Later ones at so many, those that looked best at the last look.
    beam_sites
        Where an exact search has too many labels, it goes on with so many sites, as a heuristic.
    neighbours
        So many nearest sites each site remembers from the start (ng-routes).
    multiplier_tries, multiplier_range, multiplier_progress
        So many card multipliers are tried, each no farther from the last one than this share of a
        weight, as long as the bound may come nearer by this share to what is to be proven.
    ration_tries, ration_step
        So many card multipliers are tried on a route whose cards do not last; or, where one is
        known, two beside it by this share.
    max_extensions, max_memory_words
        Extensions of a layer: so many in any case, and as many more as remember so many words.
    max_cells
        Of all labels together; a search ends before it has more.
    max_refined_labels
        Where sites share people a search with more is not made again with what its routes teach.
    """

    heuristic_sites: NonNegativeInt = 60
    quick_beam: NonNegativeInt = 100
    heuristic_beam: NonNegativeInt = 200
    heuristic_share: NonNegativeFloat = 0.5
    max_routes: NonNegativeInt = 8
    max_exact_routes: NonNegativeInt = 24
    first_sites: NonNegativeInt = 800
    attractive_sites: NonNegativeInt = 300
    beam_sites: NonNegativeInt = 240
    neighbours: NonNegativeInt = 5
    multiplier_tries: NonNegativeInt = 4
    multiplier_range: NonNegativeFloat = 0.2
    multiplier_progress: NonNegativeFloat = 0.1
    ration_tries: NonNegativeInt = 6
    ration_step: NonNegativeFloat = 0.02
    max_extensions: NonNegativeInt = 100_000
    max_memory_words: NonNegativeInt = 10_000_000
    max_cells: NonNegativeInt = 150_000_000
    max_refined_labels: NonNegativeInt = 20_000


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class MasterParams:
    """The linear programme over routes, and choices among them.

    Attributes
    ----------
    batch
        So many classes are priced between two LP solutions, where only heuristic searches are made.
    smoothing
        Duals move from one round to the next by this share of the way (Wentges 1997).
    min_reduced_profit
        A column is added if it earns more.
    cut_violation
        A cut is added if the LP solution exceeds it by more.
    cut_parts
        Cuts are looked for that let so many routes share a site, less one.
    cut_sites
        Cuts are looked for of up to so many sites that share people, and of those with a price.
    branch_margin
        Van-days are priced by this share above routes without a stop that they must make.
    choice_nodes
        Nodes of the search tree of a restricted master where time does not end it.
    scaled_van_days
        With no more van-days the linear programme is scaled: of equally good prices the library
        then finds those that tell more. With more it is solved in half the time without, unless
        sites share people.
    """

    batch: PositiveInt = 10
    smoothing: NonNegativeFloat = 0.5
    min_reduced_profit: NonNegativeFloat = 1e-4
    cut_violation: NonNegativeFloat = 0.02
    cut_parts: PositiveInt = 4
    cut_sites: PositiveInt = 6
    branch_margin: NonNegativeFloat = 0.05
    choice_nodes: NonNegativeInt = 2000
    scaled_van_days: NonNegativeInt = 16


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class SearchParams:
    """The order of steps, and how long each lasts.

    Attributes
    ----------
    slack, close
        Bounds of the root may be higher than need be by these shares of what is left to prove: for
        routes that are not looked for, and for an LP solution that could be better.
    quick_cut_rounds, quick_cut_share
        So often cuts are added before the first proof, in this share of the limits.
    cut_rounds, cut_progress
        So often cuts are added, as long as they prove this share of what is left.
    closer
        After the dive the bound may be higher than need be by this share of that.
    few_van_days, few_classes, plan_share_few, plan_share_many
        With so few van-days, of so few classes, branching lowers the bound soon: the plan is
        improved for so many times the time that goes into the bound, as it is where as many
        neighbourhoods in a row as it has routes brought nothing; and the same with more.
    many_classes
        With more classes branching waits until neighbourhoods bring nothing any more.
    fine_classes
        With so few van-days, of so few classes, heuristic searches for routes are fine.
    settling_share, due_share
        The share of a time limit after which the first dive waits no more for prices to settle;
        and the one after which it is short, and followed by another.
    early_share, early_times, early_gap, early_patience
        The first plan is improved until so many times the time it took, but no longer than until
        this share of a time limit, or until it is so near to the LP solution, as a share, or so
        many neighbourhoods in a row brought nothing.
    choice_growth
        A choice among columns is made again where there are so many times more of them.
    choice_loss, choice_mean_losses
        Columns are left out that lose more than this share of what is left to prove, and more than
        so many times what a route may lose in the mean: few routes share what a plan may lose.
    choice_share, choice_s
        The share of the time left for one such choice, and the most seconds; as much again for a
        search for more columns before a long one.
    long_choice_share, long_choice_s, long_choice_columns
        One that needs more may go on beside neighbourhoods for this share of the time left, and the
        most seconds; it is among so many columns at most, those that lose least.
    proving_share, proving_share_few
        The share of the limits after which the objective is no longer bounded; and the same of
        branching with few van-days of few classes.
    people_share, people_rounds
        The share of what is left then to bound people; or the rounds for that.
    people_close
        A bound above the LP solution by so many people suffices: people are whole.
    """

    slack: NonNegativeFloat = 0.02
    close: NonNegativeFloat = 0.04
    quick_cut_rounds: NonNegativeInt = 4
    quick_cut_share: NonNegativeFloat = 0.3
    cut_rounds: NonNegativeInt = 12
    cut_progress: NonNegativeFloat = 0.04
    closer: NonNegativeFloat = 0.3
    few_van_days: NonNegativeInt = 16
    few_classes: NonNegativeInt = 7
    fine_classes: NonNegativeInt = 10
    plan_share_few: NonNegativeFloat = 0.15
    plan_share_many: NonNegativeFloat = 3.0
    many_classes: NonNegativeInt = 30
    settling_share: NonNegativeFloat = 0.065
    due_share: NonNegativeFloat = 0.025
    early_share: NonNegativeFloat = 0.09
    early_times: NonNegativeFloat = 4.0
    early_gap: NonNegativeFloat = 0.015
    early_patience: NonNegativeInt = 3
    choice_growth: NonNegativeFloat = 1.15
    choice_loss: NonNegativeFloat = 0.1
    choice_mean_losses: NonNegativeFloat = 2.0
    choice_share: NonNegativeFloat = 0.1
    choice_s: NonNegativeFloat = 3.0
    long_choice_share: NonNegativeFloat = 0.85
    long_choice_s: NonNegativeFloat = 120.0
    long_choice_columns: PositiveInt = 1800
    proving_share: NonNegativeFloat = 0.85
    proving_share_few: NonNegativeFloat = 0.97
    people_share: NonNegativeFloat = 0.5
    people_rounds: NonNegativeInt = 10
    people_close: NonNegativeFloat = 0.05


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class EnumerationParams:
    """All routes that a better plan can have, where they are few.

    Attributes
    ----------
    max_extensions
        Of labels with as many stops.
    max_routes
        Among which a plan is chosen.
    """

    max_extensions: NonNegativeInt = 20_000
    max_routes: NonNegativeInt = 10_000


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class BranchingParams:
    """Branch and price.

    Attributes
    ----------
    slack, close
        As those of the root.
    candidates
        So many ways to branch are tried on the routes known, the most fractional ones.
    missed
        A stop that must be made but is missed costs so many times what is left to prove: with less
        than once a node could look better than it is, and with much more routes with cycles would.
    cut_depth
        Cuts are looked for down to this depth.
    dive_every
        From one in so many nodes the search dives to a plan, and keeps nothing else of it; from
        half as many after each dive that brings none better.
    dive_levels, dive_rounds, dive_candidates
        So deep at most; at each level with so many rounds of routes and ways to branch.
    proposed_value
        Columns of a higher LP value are proposed as a plan.
    """

    slack: NonNegativeFloat = 0.05
    close: NonNegativeFloat = 0.08
    candidates: NonNegativeInt = 8
    missed: NonNegativeFloat = 5.0
    cut_depth: NonNegativeInt = 3
    dive_every: PositiveInt = 2
    dive_levels: NonNegativeInt = 16
    dive_rounds: NonNegativeInt = 3
    dive_candidates: NonNegativeInt = 4
    proposed_value: NonNegativeFloat = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class DiveParams:
    """A plan from an LP solution by fixing columns.

    Attributes
    ----------
    fixed_value
        Columns of this LP value or more are fixed together.
    steps, short_steps
        Each step fixes one in so many of the columns that are left to fix; of a short dive, of
        all.
    rounds
        So often routes are generated for what remains after each step; once where prices have not
        settled yet.
    trimmed_value
        Columns of a higher LP value are cut back to the people left.
    """

    fixed_value: NonNegativeFloat = 0.9
    steps: PositiveInt = 12
    short_steps: PositiveInt = 20
    rounds: NonNegativeInt = 2
    trimmed_value: NonNegativeFloat = 0.02


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class NeighbourhoodParams:
    """Large neighbourhood search.

    Attributes
    ----------
    sizes, growth
        So many routes are freed; one of these is drawn each time, and one more for each
        neighbourhood in a row without a better plan, up to this share of all routes in addition.
    min_routes
        Plans with fewer routes have no neighbourhoods.
    same_date_share
        So often routes on the same date are freed first.
    known_per_route
        So many columns known are taken in for each route freed, those that lose least.
    guided_share, driven, loss_power
        So often routes are freed that are in the way of one that the LP drives, with more than
        this value; its chance rises with this power of what they lose.
    rounds, dive_rounds
        So often routes are generated for a neighbourhood, and at each step of a dive to a plan.
    choice_share, choice_s
        The share of the time left, and of the time so far, for one choice among them, and the most
        seconds.
    patience, patience_per_route
        Neighbourhoods in a row without a better plan before there seems to be nothing left.
    patience_with_time
        So many times more of them where a time limit ends the search anyway.
    """

    sizes: Annotated[tuple[NonNegativeInt, ...], Field(min_length=1)] = (3, 4, 5, 6, 8)
    growth: NonNegativeFloat = 0.5
    min_routes: NonNegativeInt = 3
    same_date_share: NonNegativeFloat = 0.4
    known_per_route: NonNegativeInt = 15
    guided_share: NonNegativeFloat = 0.9
    driven: NonNegativeFloat = 0.02
    loss_power: NonNegativeFloat = 3.0
    rounds: NonNegativeInt = 8
    dive_rounds: NonNegativeInt = 1
    choice_share: NonNegativeFloat = 0.2
    choice_s: NonNegativeFloat = 3.0
    patience: NonNegativeInt = 40
    patience_per_route: NonNegativeInt = 3
    patience_with_time: NonNegativeInt = 5


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class DualParams:
    """What a proof says about similar instances.

    Attributes
    ----------
    bound_tries
        So often routes better than the best one found are looked for.
    unknown_price
        Share of their weight that people of a site without a price are taken to be worth.
    max_routes
        So many routes are handed to the next solve.
    """

    bound_tries: NonNegativeInt = 2
    unknown_price: NonNegativeFloat = 0.5
    max_routes: NonNegativeInt = 400


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class SolverParams:
    """Everything that tunes a solve; the same for the same plan."""

    greedy: GreedyParams = GreedyParams()
    routing: RoutingParams = RoutingParams()
    grid: GridParams = GridParams()
    pricing: PricingParams = PricingParams()
    master: MasterParams = MasterParams()
    search: SearchParams = SearchParams()
    enumeration: EnumerationParams = EnumerationParams()
    branching: BranchingParams = BranchingParams()
    dive: DiveParams = DiveParams()
    neighbourhood: NeighbourhoodParams = NeighbourhoodParams()
    duals: DualParams = DualParams()


DEFAULT_PARAMS = SolverParams()
