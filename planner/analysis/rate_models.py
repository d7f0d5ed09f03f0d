"""Rates learned from visits: shares by beta-binomial, times by gamma; docs/learning.md has both.

A place has a rate of its own, drawn from those of its kind; a visit has one around that of its
place. Mean, spread between places and spread between visits of a kind are fitted by marginal
likelihood, with weak priors; ranges follow of its curvature there (Laplace).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize, special, stats

from planner.arrays import Bools, Float64s, Indices
from planner.district import Estimate

NODES = 24
"""Of the sum that stands for the integral over the shares of places."""

_STEP = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareVisit:
    """So many of those who might.

    Attributes
    ----------
    is_cut
        Whether more might have, had the van stayed.
    """

    place: str
    people: int
    of: int
    is_cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeVisit:
    """Seconds that so many took, one after another."""

    place: str
    seconds: float
    people: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What is learned of a kind of place.

    Attributes
    ----------
    rate
        Mean over places of the kind.
    places
        Rates of places that were visited.
    between_places, between_visits
        Concentration: the larger, the more alike places are, and visits of one place.
    """

    rate: Estimate
    places: Mapping[str, Estimate]
    between_places: float
    between_visits: float


def fit_share(visits: Sequence[ShareVisit], assumed: float) -> Fit:
    """A share of people by kind and place.

    Parameters
    ----------
    assumed
        What is taken to be so where nobody has counted, 0 to 1: the centre of the prior.
    """
    places, index = _index(visit.place for visit in visits)
    people = np.array([visit.people for visit in visits], dtype=float)
    of = np.array([max(visit.of, visit.people) for visit in visits], dtype=float)
    is_cut = np.array([visit.is_cut for visit in visits], dtype=bool)
    middles = (np.arange(NODES) + 0.5) / NODES
    centre = np.array([special.logit(np.clip(assumed, 0.01, 0.99)), np.log(30), np.log(30)])

    def by_node(params: Float64s) -> tuple[Float64s, Float64s]:
        """Shares that places may have, alike likely, and log likelihoods of places there."""
        mean, apart, varied = special.expit(params[0]), np.exp(params[1]), np.exp(params[2])
        nodes = special.betaincinv(mean * apart, (1 - mean) * apart, middles)
        nodes = np.clip(nodes, 1e-6, 1 - 1e-6)
        of_visits = _log_share(people[:, None], of[:, None], is_cut, nodes, varied)
        summed = np.zeros((len(places), NODES))
        np.add.at(summed, index, of_visits)
        return nodes, summed

    def loss(params: Float64s) -> float:
        _, summed = by_node(params)
        fits = special.logsumexp(summed, axis=1) - np.log(NODES)
        return float(-fits.sum() + (((params - centre) / [1.0, 1.0, 1.0]) ** 2).sum() / 2)

    params, deviation = _fit(loss, centre)
    nodes, summed = by_node(params)
    weights = special.softmax(summed, axis=1)
    counted = np.bincount(index, minlength=len(places))
    low, value, high = special.expit(
        params[0] + deviation * _reach(len(places)) * np.array([-1.0, 0.0, 1.0])
    )
    return Fit(
        rate=Estimate(value=float(value), low=float(low), high=float(high), visits=len(visits)),
        places={
            place: _weighted(nodes, weights[number], int(counted[number]))
            for number, place in enumerate(places)
        },
        between_places=float(np.exp(params[1])),
        between_visits=float(np.exp(params[2])),
    )


def _log_share(
    people: Float64s, of: Float64s, is_cut: Bools, share: Float64s, varied: float
) -> Float64s:
    """Log of the beta-binomial, or of its upper tail (by the normal) where a visit was cut."""
    a, b = share * varied, (1 - share) * varied
    fits = special.gammaln(people + a) + special.gammaln(of - people + b)
    fits += special.gammaln(varied) - special.gammaln(a) - special.gammaln(b)
    fits -= special.gammaln(of + varied)
    if is_cut.any():
        of, people = of[is_cut], people[is_cut]
        deviation = np.sqrt(of * share * (1 - share) * (1 + (of - 1) / (varied + 1)))
        fits[is_cut] = special.log_ndtr((of * share - people + 0.5) / np.maximum(deviation, 1e-9))
    likely: Float64s = fits
    return likely


def _weighted(nodes: Float64s, weights: Float64s, visits: int) -> Estimate:
    """Mean and ends of the 80 % range of nodes with weights."""
    reached = np.cumsum(weights)
    low, high = (float(np.interp(end, reached, nodes)) for end in (0.1, 0.9))
    return Estimate(value=float(nodes @ weights), low=low, high=high, visits=visits)


def fit_time(visits: Sequence[TimeVisit], assumed_s: float) -> Fit:
    """Seconds per person, or per visit, by kind and place.

    Parameters
    ----------
    assumed_s
        What is taken to be so where nobody has measured, > 0: the centre of the prior.
    """
    places, index = _index(visit.place for visit in visits)
    each_s = np.array([max(visit.seconds, 1.0) / visit.people for visit in visits])
    counted = np.bincount(index, minlength=len(places)).astype(float)
    summed_s = np.bincount(index, weights=each_s, minlength=len(places))
    logs = np.log(each_s).sum()
    centre = np.array([np.log(max(assumed_s, 1.0)), np.log(20), np.log(10)])

    def loss(params: Float64s) -> float:
        """The speed of a place is gamma, so that a sum over its visits needs no integral."""
        mean, apart, varied = np.exp(params[0]), 1 + np.exp(params[1]), np.exp(params[2])
        scale = (apart - 1) * mean
        shape = apart + varied * counted
        fits = apart * np.log(scale) - special.gammaln(apart) + special.gammaln(shape)
        fits -= shape * np.log(scale + varied * summed_s)
        of_visits = len(each_s) * (varied * np.log(varied) - special.gammaln(varied))
        of_visits += (varied - 1) * logs
        return float(
            -fits.sum() - of_visits + (((params - centre) / [0.7, 1.0, 1.0]) ** 2).sum() / 2
        )

    params, deviation = _fit(loss, centre)
    low, value, high = np.exp(
        params[0] + deviation * _reach(len(places)) * np.array([-1.0, 0.0, 1.0])
    )
    apart, varied = 1 + np.exp(params[1]), np.exp(params[2])
    shape, scale = apart + varied * counted, (apart - 1) * value + varied * summed_s
    ends = [scale / stats.gamma.ppf(share, shape) for share in (0.9, 0.1)]
    return Fit(
        rate=Estimate(value=float(value), low=float(low), high=float(high), visits=len(visits)),
        places={
            place: Estimate(
                value=float(scale[number] / (shape[number] - 1)),
                low=float(ends[0][number]),
                high=float(ends[1][number]),
                visits=int(counted[number]),
            )
            for number, place in enumerate(places)
        },
        between_places=float(apart),
        between_visits=float(varied),
    )


def _reach(num_places: int) -> float:
    """Deviations to either end of an 80 % range: by Student's t, as places are few."""
    return float(special.stdtrit(max(num_places - 1, 1), 0.9))


def _index(names: Iterable[str]) -> tuple[list[str], Indices]:
    """Names without repetition, and which of them stands where."""
    numbers: defaultdict[str, int] = defaultdict(lambda: len(numbers))
    index = np.array([numbers[name] for name in names], dtype=np.intp)
    return [*numbers], index


def _fit(loss: Callable[[Float64s], float], start: Float64s) -> tuple[Float64s, float]:
    """Where a function is least, and the standard deviation of its first parameter there."""
    least = optimize.minimize(loss, start, method="BFGS").x
    size = len(start)
    hessian = np.empty((size, size))
    steps = _STEP * np.eye(size)
    for row in range(size):
        for column in range(row + 1):
            one, other = steps[row], steps[column]
            hessian[row, column] = hessian[column, row] = (
                loss(least + one + other)
                - loss(least + one - other)
                - loss(least - one + other)
                + loss(least - one - other)
            ) / (4 * _STEP**2)
    # Where the data say nothing of a spread, its own prior keeps this from being singular.
    variance = np.linalg.pinv(hessian)[0, 0]
    return least, float(np.sqrt(max(variance, 0.0)))
