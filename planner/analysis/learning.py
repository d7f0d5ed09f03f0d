"""What tallies teach of turnout, speed, failures and set-up, by kind and place."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from planner.analysis.rate_models import Fit, ShareVisit, TimeVisit, fit_share, fit_time
from planner.backlog import Publication, PublishedStop, Tally
from planner.district import District, KindRates, LearnedRates

_V = TypeVar("_V")

FAILURE = 0.03
"""Share of those who come whose recording fails, where nobody has counted; assumed."""

MAX_VISITS = 200
"""The latest of a kind; older ones say less of today."""

MIN_PEOPLE = 5
"""A stop of fewer people waits more than it records, so it says nothing of speed."""

MAX_OVERLAP = 0.1
"""Share of those expected who could go to another stop of the week: of more, nobody can tell who
stayed at home."""


@dataclass(frozen=True, slots=True)
class _Visit:
    stop: PublishedStop
    tally: Tally
    overlap: float

    @property
    def came(self) -> int:
        failed = 0 if self.tally.service else self.tally.counts.get("failed", 0)
        return self.tally.done + failed


def learn_rates(
    district: District,
    publications: Sequence[Publication],
    tallies: Iterable[Tally],
    until: date,
) -> LearnedRates | None:
    """Rates of all kinds and services with enough visits until a day; None where none has.

    Parameters
    ----------
    publications
        In the order in which they were sent out.
    """
    by_kind: defaultdict[str, list[_Visit]] = defaultdict(list)
    for visit in _visits(publications, [tally for tally in tallies if tally.day <= until]):
        by_kind[visit.tally.service or visit.stop.kind].append(visit)
    kinds: dict[str, KindRates] = {}
    places: dict[str, KindRates] = {}
    setup_s = district.rates.setup_s
    assumed = {of.key: (of.turnout, of.seconds_per_person, setup_s) for of in district.venue_types}
    assumed |= {of.key: (of.share, of.seconds_per_person, of.setup_s) for of in district.services}
    for key, (turnout, seconds_per_person, setup_s) in assumed.items():
        visits = by_kind[key][-MAX_VISITS:]
        if not district.rates.learn_from or len(visits) < district.rates.learn_from:
            continue
        fits = {
            "turnout": _fit(fit_share, _turnouts(visits), turnout),
            "failure": _fit(fit_share, _failures(visits), FAILURE),
            "seconds_per_person": _fit(fit_time, _speeds(visits), seconds_per_person),
            "setup_s": _fit(fit_time, _setups(visits), setup_s),
        }
        learned = {name: fit for name, fit in fits.items() if fit is not None}
        kinds[key] = KindRates(**{name: fit.rate for name, fit in learned.items()})
        for place in {visit.stop.place for visit in visits}:
            own = {n: fit.places[place] for n, fit in learned.items() if place in fit.places}
            places[place] = KindRates(**own)
    if not kinds:
        return None
    return LearnedRates(
        day=until,
        kinds=kinds,
        places=places,
        assumed={of.key: (of.turnout, of.seconds_per_person) for of in district.venue_types},
        assumed_setup_s=district.rates.setup_s,
    )


def _visits(publications: Sequence[Publication], tallies: Sequence[Tally]) -> Iterator[_Visit]:
    """Published stops of which it was told who came, by date."""
    by_key = {tally.key: tally for tally in tallies if tally.done or _is_zero(tally)}
    last = {publication.week: publication for publication in publications}
    for publication in sorted(last.values(), key=lambda given: given.week):
        places = {stop.place for stop in publication.stops}
        for stop in sorted(publication.stops, key=lambda stop: stop.key):
            if stop.key in by_key:
                overlap = _overlap(publication, stop.place, places)
                yield _Visit(stop, by_key[stop.key], overlap)


def _is_zero(tally: Tally) -> bool:
    """Whether nobody was served although nothing stood in the way."""
    return (tally.service or "recorded_17") in tally.counts and not tally.note


def _overlap(publication: Publication, place: str, places: set[str]) -> float:
    """Share of those drawn to a place who are drawn to another of some places, too."""
    site = publication.sites.get(place)
    if site is None or not site.draws:
        return 0.0
    others = {
        group
        for other in places - {place}
        if other in publication.sites
        for group in publication.sites[other].draws
    }
    shared = sum(draw for group, draw in site.draws.items() if group in others)
    return shared / (sum(site.draws.values()) + 1000 * site.own)


def _turnouts(visits: Iterable[_Visit]) -> Iterator[ShareVisit]:
    """Of all who live in reach: those expected, over the turnout they were expected with."""
    for visit in visits:
        stop = visit.stop
        if visit.overlap <= MAX_OVERLAP and stop.turnout and stop.expected:
            yield ShareVisit(
                place=stop.place,
                people=visit.came,
                of=round(stop.expected / stop.turnout),
                is_cut=stop.people < stop.expected and visit.came >= stop.people,
            )


def _failures(visits: Iterable[_Visit]) -> Iterator[ShareVisit]:
    for visit in visits:
        if "failed" in visit.tally.counts and visit.came and not visit.tally.service:
            failed = visit.tally.counts["failed"]
            yield ShareVisit(place=visit.stop.place, people=failed, of=visit.came)


def _speeds(visits: Iterable[_Visit]) -> Iterator[TimeVisit]:
    """Seconds of all kits, for people of other districts too."""
    for visit in visits:
        began, ended = visit.tally.started_s, visit.tally.ended_s
        others = f"{visit.tally.service or 'recorded'}_others"
        served = visit.came + visit.tally.counts.get(others, 0)
        if began is not None and ended is not None and ended > began and served >= MIN_PEOPLE:
            seconds = (ended - began) * visit.stop.kits
            yield TimeVisit(place=visit.stop.place, seconds=seconds, people=served)


def _setups(visits: Iterable[_Visit]) -> Iterator[TimeVisit]:
    """From the published start of set-up until the first person."""
    for visit in visits:
        began = visit.tally.started_s
        if began is not None and began > visit.stop.setup_s:
            yield TimeVisit(place=visit.stop.place, seconds=began - visit.stop.setup_s)


def _fit(
    fit: Callable[[Sequence[_V], float], Fit], visits: Iterable[_V], assumed: float
) -> Fit | None:
    given = [*visits]
    return fit(given, assumed) if given else None
