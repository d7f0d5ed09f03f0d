"""Labels, exact and in a beam."""

from collections.abc import Callable

import numpy as np
import pytest

from planner.solvers.columns import labels as labels_module
from planner.solvers.columns.bounds import bound_routes
from planner.solvers.columns.exclusions import exclude_revisits, pack_bits
from planner.solvers.columns.label_sets import LabelSet
from planner.solvers.columns.labels import search_labels
from planner.solvers.params import DEFAULT_PARAMS, PricingParams
from planner.solvers.stopping import never
from tests.builders.columns import every_site, only_class, plain_profits
from tests.builders.instances import instance, site


def labels(
    num_sites: int,
    *,
    remember: bool = True,
    max_stops: int = 5,
    threshold: float = 0.0,
    beam: int | None = None,
    params: PricingParams = DEFAULT_PARAMS.pricing,
    should_stop: Callable[[], bool] = never,
) -> LabelSet:
    """Of a weekend with so many sites alike, of which each remembers all or none."""
    day_class = only_class(instance(*(site(number + 1) for number in range(num_sites))))
    bounds = bound_routes(day_class, plain_profits(day_class), every_site(day_class), 1)
    remembered = np.full((num_sites, num_sites), remember)
    return search_labels(
        bounds,
        exclude_revisits(remembered),
        params,
        threshold=threshold,
        max_stops=max_stops,
        beam=beam,
        should_stop=should_stop,
    )


def test_with_full_memory_the_best_label_is_the_best_route() -> None:
    """Both sites: 20 people less 3 drives of half a person."""
    found = labels(2)
    assert (found.best, found.is_complete) == (18.5, True)


def test_without_memory_labels_go_in_circles() -> None:
    """Five stops at two sites."""
    assert labels(2, remember=False).best == 47.0


def test_labels_that_others_match_have_no_routes() -> None:
    """Ten people in the second hall, none worth a stop in the first: who was there has less."""
    day_class = only_class(instance(site(1, weight=0.0), site(2)))
    bounds = bound_routes(day_class, plain_profits(day_class), every_site(day_class), 1)
    found = search_labels(
        bounds,
        exclude_revisits(np.ones((2, 2), dtype=bool)),
        DEFAULT_PARAMS.pricing,
        threshold=-100.0,
        max_stops=5,
    )
    orders = [route.sites for route in found.routes(9, -100.0)]
    assert orders == [(1,), (1, 0), (0,)]


def test_a_route_has_no_more_stops_than_allowed() -> None:
    """One of two sites, or two visits without memory."""
    assert labels(2, max_stops=1).best == 9.0
    assert labels(2, max_stops=2, remember=False).best == 18.5


def test_nothing_is_found_above_what_can_be_earned() -> None:
    """The threshold itself is the bound."""
    found = labels(2, threshold=50.0)
    assert (found.best, found.is_complete, found.routes(9, 50.0)) == (50.0, True, [])


def test_a_beam_proves_nothing() -> None:
    """One label of each layer: a good route, but perhaps not all."""
    found = labels(4, beam=1)
    assert not found.is_complete
    assert found.best > 0


def test_a_beam_of_none_finds_nothing() -> None:
    """No label after the first."""
    found = labels(4, beam=0)
    assert (found.is_complete, found.routes(9, 0.0)) == (False, [])


def test_too_many_extensions_or_cells_end_the_search() -> None:
    """Room for one extension only, or for the cells of the first layer."""
    assert not labels(4, params=PricingParams(max_extensions=1, max_memory_words=0)).is_complete
    assert not labels(4, params=PricingParams(max_cells=0)).is_complete


def test_a_layer_merged_in_parts_has_the_same_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    """One label at a time."""
    whole = labels(4)
    monkeypatch.setattr(labels_module, "MERGED_TOGETHER", 1)
    parts = labels(4)
    assert (parts.best, parts.count, parts.is_complete) == (whole.best, whole.count, True)
    assert parts.routes(9, 0.0) == whole.routes(9, 0.0)


def test_a_layer_ends_where_the_time_is_over_while_it_is_merged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Four labels one by one: asked before the layer, after the extensions, and then for each."""
    monkeypatch.setattr(labels_module, "MERGED_TOGETHER", 1)
    answers = iter((False, False, False, True))
    found = labels(4, should_stop=lambda: next(answers))
    assert not found.is_complete
    assert next(answers, None) is None
    assert found.count == 1


def test_sets_are_packed_little_end_first() -> None:
    """Sites 0 and 65 of 70: the first bit of the first word, the second of the second."""
    sets = np.zeros((70, 70), dtype=bool)
    sets[0, [0, 65]] = True
    assert pack_bits(sets)[:2].tolist() == [[1, 2], [0, 0]]
