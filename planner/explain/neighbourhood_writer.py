"""Explanations of neighbourhoods in sentences."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from planner.district import part_name
from planner.explain.neighbourhood import NearbyPlace, NeighbourhoodExplanation, OwnPoint
from planner.explain.writer import NAMES, ExplanationWriter
from planner.i18n.language import LANGUAGES
from planner.i18n.words import Words


class NeighbourhoodWriter(ExplanationWriter):
    """Tells where people could go, and what would bring a van near."""

    def name(self, why: NeighbourhoodExplanation) -> str:
        """What people call the neighbourhood: ``RT 003 RW 012 Melati``."""
        homes = why.homes
        parts = {part_name(home.rw) for home in homes}
        rt = homes[0].rt if len(homes) == 1 else None
        kelurahan = self.horizon.district.kelurahan_name(homes[0].code)
        part = parts.pop() if len(parts) == 1 else ""
        return " ".join(filter(None, (rt and f"RT {rt}", part, kelurahan)))

    def neighbourhood_sentences(self, why: NeighbourhoodExplanation) -> list[str]:
        """All that is known, a sentence or two each."""
        remarks = (f"{self.words.translate(remark)}." for remark in self.remarks)
        return [*self._people_sentences(why), *remarks, *self._point_sentences(why.own_point)]

    def neighbourhood_dict(self, why: NeighbourhoodExplanation) -> dict[str, Any]:
        """The same for a program, its sentences in all languages."""
        point = why.own_point
        others = {name: replace(self, words=Words(language=name)) for name in LANGUAGES}
        return {
            "name": self.name(why),
            "code": why.code and why.code.value,
            "people": why.people,
            "recorded": why.recorded,
            "uncovered": why.uncovered,
            "places": [
                {
                    "id": place.venue.id,
                    "name": place.venue.name,
                    "people": place.people,
                    "walk_m": None if place.walk_m is None else round(place.walk_m),
                    "recorded": place.recorded,
                    "code": place.why and place.why.code.value,
                    "reason": place.why and self.reason_line(place.why),
                }
                for place in why.places
            ],
            "own_point": point
            and {
                "expected": point.expected,
                "people": None if point.visit is None else point.visit.result.people,
                "worth_less": None if point.visit is None else round(point.visit.cost.worth, 4),
            },
            "sentences": {name: it.neighbourhood_sentences(why) for name, it in others.items()},
        }

    def _people_sentences(self, why: NeighbourhoodExplanation) -> Iterator[str]:
        words, name = self.words, self.name(why)
        yield words(
            "{name}: {people} unrecorded; the plan records {recorded} of them.",
            name=name,
            people=self._people(why.people),
            recorded=words.number(why.recorded),
        )
        for place in why.places[:NAMES]:
            yield self._place_sentence(place)
        if len(why.places) > NAMES:
            more = words.number(len(why.places) - NAMES)
            yield words("Further places within reach: {count}.", count=more)
        if why.uncovered:
            walk_m = words.number(self.horizon.district.rates.walk_m)
            yield words(
                "{people} of {name} have no place within {walk_m} m on foot.",
                people=self._people(why.uncovered),
                name=name,
                walk_m=walk_m,
            )
        if why.uncovered and why.nearest is not None:
            venue, metres = why.nearest
            yield words(
                "The nearest is {place}, {metres} m away in a straight line.",
                place=venue.name,
                metres=words.number(round(metres, -1)),
            )

    def _place_sentence(self, place: NearbyPlace) -> str:
        words = self.words
        where = place.venue.name
        if place.walk_m is not None:
            walk = words.number(round(place.walk_m, -1))
            where = words("{place} ({walk} m on foot)", place=where, walk=walk)
        if place.why is None:
            return words(
                "A van stops at {where}; of them {count} would come there.",
                where=where,
                count=words.number(place.people),
            )
        reason = self.reason_line(place.why)
        if not place.people:
            return words("No van stops at {where}: {reason}.", where=where, reason=reason)
        return words(
            "No van stops at {where}, where {count} of them would come: {reason}.",
            where=where,
            count=words.number(place.people),
            reason=reason,
        )

    def _point_sentences(self, point: OwnPoint | None) -> Iterator[str]:
        words = self.words
        if point is None:
            return
        expected = self._people(point.expected)
        if point.left_out is not None:
            reason = words.translate(point.left_out.message)
            yield words("No van could go to a point among them: {reason}.", reason=reason)
        elif point.visit is None:
            yield words("No plan was found that goes to a point among them.")
        else:
            yield words(
                "With a point among them, {people} would come there, also of other RW.",
                people=expected,
            )
            yield self._forced_sentence(point.visit)
            yield from self._loss_sentences(point.visit)
