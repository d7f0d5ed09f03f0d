"""Sites that share people, and what is true of them by trying every set."""

from itertools import combinations
from random import Random

from planner.catchments import PERSON, Catchments
from planner.model import Instance
from tests.builders.instances import instance, site


def catchments(*draws: dict[str, float], expected: tuple[int, ...] = ()) -> Catchments:
    """Sites that draw so many people of each group; none of their own unless given."""
    return Catchments(
        expected=expected or [0] * len(draws),
        draws=[{group: round(people * PERSON) for group, people in site.items()} for site in draws],
        recorded=[0] * len(draws),
    )


def random_catchments(rng: Random, *, max_sites: int = 6) -> Catchments:
    """A few sites with up to five groups, in whole people and in parts of them."""
    num_sites, num_groups = rng.randint(1, max_sites), rng.randint(0, 5)
    draws = [
        {
            f"rt-{group}": rng.choice([rng.randint(1, 4000), PERSON * rng.randint(1, 3)])
            for group in range(num_groups)
            if rng.random() < 0.6
        }
        for _ in range(num_sites)
    ]
    expected = [rng.choice([0, 0, 1, 2]) for _ in range(num_sites)]
    recorded = [rng.choice([0, 0, 0, 1]) for _ in range(num_sites)]
    return Catchments(expected=expected, draws=draws, recorded=recorded)


def sets_of(num_sites: int) -> list[tuple[int, ...]]:
    """Every set of sites but the empty one, the smallest first."""
    return [
        sites for size in range(1, num_sites + 1) for sites in combinations(range(num_sites), size)
    ]


def capacity(given: Catchments, sites: tuple[int, ...]) -> int:
    """What the rule says that the sites may record together, word by word."""
    groups = {group for site in sites for group in given.draws[site]}
    largest = sum(max(given.draws[site].get(group, 0) for site in sites) for group in groups)
    whole = sum(given.expected[site] - given.recorded[site] for site in sites)
    return (whole * PERSON + largest) // PERSON


def shared_sites(*draws: dict[str, float], expected: tuple[int, ...] = ()) -> Instance:
    """A weekend of one van whose sites draw so many people of each group, and own people."""
    own = expected or (0,) * len(draws)
    sites = (
        site(
            number + 1,
            expected=own[number],
            draws={group: round(people * PERSON) for group, people in of_site.items()},
        )
        for number, of_site in enumerate(draws)
    )
    return instance(*sites)


def shared_instance(rng: Random) -> Instance:
    """The same at random."""
    given = random_catchments(rng)
    sites = (
        site(number + 1, expected=own, draws=draws, recorded=recorded)
        for number, (own, draws, recorded) in enumerate(
            zip(given.expected, given.draws, given.recorded, strict=True)
        )
    )
    return instance(*sites)
