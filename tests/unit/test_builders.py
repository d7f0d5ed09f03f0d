import numpy as np

from planner.model import Instance
from tests.builders.synthetic_weekends import synthetic_weekend


def _same(first: Instance, second: Instance) -> bool:
    return (
        np.array_equal(first.drive_s, second.drive_s)
        and first.sites == second.sites
        and first.vans == second.vans
    )


def test_the_same_arguments_make_the_same_weekend() -> None:
    """Thirty sites and three vans with seed 7, made twice; seed 8 makes others."""
    assert _same(synthetic_weekend(30, 3, seed=7), synthetic_weekend(30, 3, seed=7))
    assert not _same(synthetic_weekend(30, 3, seed=7), synthetic_weekend(30, 3, seed=8))


def test_alike_vans_differ_only_in_their_names() -> None:
    """Seven vans that are alike share one depot; seven others have two."""
    alike = synthetic_weekend(10, 7, alike=True)
    assert len({(van.kits, van.van_class, van.start) for van in alike.vans}) == 1
    assert len(synthetic_weekend(10, 7).depots) == 2


def test_a_weekend_has_the_asked_size() -> None:
    """Twelve sites and two vans on three days are twelve sites and six van-days."""
    instance = synthetic_weekend(12, 2, 3)
    assert (len(instance.sites), len(instance.van_days)) == (12, 6)


def test_a_weekend_without_sites_is_an_instance() -> None:
    """No sites leaves the depot alone."""
    assert synthetic_weekend(0, 1).num_places == 1
