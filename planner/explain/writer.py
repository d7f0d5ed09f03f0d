"""Explanations in sentences that an official can send on, in the language of the reader."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from planner.explain.counterfactual import SLACK, Cost
from planner.explain.explaining import Explanation, ForcedVisit, Other
from planner.explain.feasibility import Obstacle, Trial
from planner.explain.minimal_change import MinimalChange, Parameter
from planner.explain.reasons import Code, action
from planner.horizon import Horizon
from planner.i18n.words import Words
from planner.units import MINUTE_S

NAMES = 5
"""Places named one by one."""


@dataclass(frozen=True)
class ExplanationWriter:
    """Tells explanations of one weekend."""

    horizon: Horizon
    words: Words

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names of all places by their id."""
        return {venue.id: venue.name for venue in self.horizon.district.venues}

    def reason_line(self, found: Explanation) -> str:
        """The reason in one line, for a table."""
        words = self.words
        if found.left_out is not None:
            return words.said(found.left_out.message)
        if found.code is Code.OUTWEIGHED:
            if found.proven:
                return words(
                    "{expected} expected; others are worth more, with a stop there at least {least}"
                    " less, proven",
                    expected=words.number(found.expected),
                    least=words.number(found.least, 1),
                )
            return words(
                "{expected} expected; others are worth more, as far as was found",
                expected=words.number(found.expected),
            )
        nearest = found.site_feasibility.nearest if found.site_feasibility else None
        return (
            words("no van drives on these dates") if nearest is None else self._trial_text(nearest)
        )

    def sentences(self, found: Explanation) -> list[str]:
        """All that is known, a sentence or two each."""
        return [*self._reason_sentences(found), *self._detail_sentences(found)]

    def action(self, found: Explanation) -> str:
        """What could be done."""
        return self.words.said(action(found.code))

    # Why.

    def _reason_sentences(self, found: Explanation) -> Iterator[str]:
        words, name = self.words, found.venue.name
        if found.left_out is not None:
            reason = words.said(found.left_out.message)
            yield words("No van goes to {name}: {reason}.", name=name, reason=reason)
        elif found.code is Code.VISITED:
            yield from self._visit_sentences(found)
        elif found.code is Code.OUTWEIGHED and found.forced and found.forced.cost.people <= 0:
            yield words(
                "{name}, where {expected} people are expected, could be visited, but no plan with a"
                " stop there was found that is worth more, driving and weights counted.",
                name=name,
                expected=words.number(found.expected),
            )
        elif found.code is Code.OUTWEIGHED:
            yield words(
                "{name}, where {expected} people are expected, could be visited, but the vans"
                " record more people at other places in that time.",
                name=name,
                expected=words.number(found.expected),
            )
        elif found.code is Code.OVERLOOKED:
            yield words(
                "{name} was overlooked: a better plan was found that goes there.", name=name
            )
        elif found.code is Code.UNSETTLED:
            yield words(
                "No plan was found in which a van goes to {name}, but none is ruled out.", name=name
            )
        elif found.code is Code.IMPOSSIBLE:
            yield words("No van can go to {name}, whatever it does before; proven.", name=name)
        else:
            yield words("No van can stop at {name}; every van was tried on every date.", name=name)
            if found.site_feasibility is not None and found.site_feasibility.nearest is not None:
                nearest = self._trial_text(found.site_feasibility.nearest)
                yield words("Nearest to possible: {trial}.", trial=nearest)

    def _detail_sentences(self, found: Explanation) -> Iterator[str]:
        words = self.words
        if found.code in {Code.OUTWEIGHED, Code.OVERLOOKED} and found.forced is not None:
            yield self._forced_sentence(found.forced)
            yield from self._loss_sentences(found.forced)
        if found.code is Code.OUTWEIGHED and found.forced is not None:
            yield self._certainty_sentence(found.forced.cost)
        if found.restriction_lifted:
            yield from self._unrestricted_sentences(found)
        for change in found.changes:
            yield self._change_sentence(change)
        if found.code is Code.OUTWEIGHED and found.searched and not found.changes:
            yield words("No single change that was tried brings it in.")

    def _forced_sentence(self, forced: ForcedVisit) -> str:
        words = self.words
        return words(
            "The best plan found with a stop there records {people} people in all, {difference},"
            " and stops there so: {stops}.",
            people=words.number(forced.result.people),
            difference=self._difference_text(forced.cost.people),
            stops="; ".join(
                words(
                    "{van} on {day}, {hours}, {people} people",
                    van=route.van_id,
                    day=words.short_date(route.date),
                    hours=words.hours(stop.serve_s, stop.packup_s),
                    people=words.number(stop.people),
                )
                for route, stop in forced.stops
            ),
        )

    def _difference_text(self, people: int) -> str:
        words = self.words
        if people > 0:
            return words("{count} fewer than the plan", count=words.number(people))
        if people < 0:
            return words("{count} more than the plan", count=words.number(-people))
        return words("as many as the plan")

    def _loss_sentences(self, forced: ForcedVisit) -> Iterator[str]:
        words = self.words
        if not forced.losses:
            return
        told = [
            words(
                "{name} {before} to {after}",
                name=self.names[loss.site_id],
                before=loss.before,
                after=loss.after,
            )
            for loss in forced.losses[:NAMES]
        ]
        more = len(forced.losses) - NAMES
        names = ", ".join(told)
        if more > 0:
            names = words("{names} and {count} more", names=names, count=more)
        yield words("Fewer would then be recorded at: {names}.", names=names)

    def _certainty_sentence(self, cost: Cost) -> str:
        """What is proven of a cost, in worth; people alone are not what plans are made for."""
        words = self.words
        if cost.least is not None and cost.proven:
            return words(
                "Proven: every plan with a stop there is worth at least {least} people less than"
                " this plan, driving and weights counted; the plan found is worth {worth} less.",
                least=words.number(cost.least, 1),
                worth=words.number(cost.worth, 1),
            )
        return words(
            "This rests on the plans found, of which the one with a stop there is worth {worth}"
            " people less, driving and weights counted; a better plan with a stop there is not"
            " ruled out.",
            worth=words.number(cost.worth, 1),
        )

    def _unrestricted_sentences(self, found: Explanation) -> Iterator[str]:
        words = self.words
        if found.unrestricted is None:
            yield words("Were it open and permitted, no plan found would go there all the same.")
            return
        people = -found.unrestricted.cost.people
        yield words(
            "Were it open and permitted, the plan found would go there and record {people} people"
            " in all, {difference}.",
            people=words.number(found.unrestricted.result.people),
            difference=self._difference_text(-people),
        )

    def _change_sentence(self, change: MinimalChange) -> str:
        words, parameter = self.words, change.step.parameter
        amount = change.steps * change.step.size
        if parameter is Parameter.PEOPLE:
            what = words("{count} more people expected there", count=words.number(amount))
        elif parameter is Parameter.WEIGHT:
            what = words("a weight higher by {count}", count=words.number(amount, 1))
        elif parameter is Parameter.HOURS:
            what = words("{count} minutes longer opening hours", count=round(amount / MINUTE_S))
        else:
            what = words("{count} minutes longer shifts", count=round(amount / MINUTE_S))
        less = (
            words("one step less does not, proven")
            if change.proven
            else words("with one step less no plan was found that does")
        )
        if change.certain:
            return words("With {what} it would be visited; {less}.", what=what, less=less)
        return words("With {what} the best plan found goes there; {less}.", what=what, less=less)

    # Which van-day.

    def _trial_text(self, trial: Trial) -> str:
        """What keeps one van on one date away."""
        words = self.words
        return words(
            "{van} on {day}: {obstacle}",
            van=trial.van_id,
            day=words.short_date(trial.date),
            obstacle=self._obstacle_text(trial),
        )

    def _obstacle_text(self, trial: Trial) -> str:
        words = self.words
        if trial.obstacle is None:
            return words("possible")
        told = words(trial.obstacle.value)
        if not trial.shortfall:
            return told
        if trial.obstacle is Obstacle.CARDS:
            shortfall = words("{count} are missing", count=trial.shortfall)
        else:
            minutes = -(-trial.shortfall // MINUTE_S)
            shortfall = words("{count} minutes are missing", count=minutes)
        return f"{told} ({shortfall})"

    # Why as it is.

    def _visit_sentences(self, found: Explanation) -> Iterator[str]:
        words = self.words
        if found.forced is None:
            return
        for route, stop in found.forced.stops:
            yield words(
                "{name} is in the plan: {van} on {day}, {hours}, {people} of {expected} people.",
                name=found.venue.name,
                van=route.van_id,
                day=words.short_date(route.date),
                hours=words.hours(stop.serve_s, stop.packup_s),
                people=words.number(stop.people),
                expected=words.number(found.expected),
            )
        if found.without is not None and found.without.worth < -SLACK:
            yield words("A better plan without a stop there was found; plan again.")
        elif found.without is not None:
            yield words(
                "Without a stop there, the best plan found records {difference} and is worth"
                " {worth} less.",
                difference=self._difference_text(found.without.people),
                worth=words.number(found.without.worth, 1),
            )
        for other in found.others:
            yield self._other_sentence(other)

    def _other_sentence(self, other: Other) -> str:
        words = self.words
        day = words.short_date(other.date)
        if other.cost is None:
            reason = (
                self._obstacle_text(other.trial)
                if other.trial.obstacle is not None
                else words("no plan was found")
            )
            return words("By {van} on {day}: {reason}.", van=other.van_id, day=day, reason=reason)
        if other.cost.worth < -SLACK:
            return words(
                "By {van} on {day}: a better plan was found; plan again.", van=other.van_id, day=day
            )
        proven = words("proven") if other.cost.proven else words("as far as was found")
        return words(
            "By {van} on {day}: {difference}, worth {worth} less ({proven}).",
            van=other.van_id,
            day=day,
            difference=self._difference_text(other.cost.people),
            worth=words.number(other.cost.worth, 1),
            proven=proven,
        )

    def comparison_sentences(self, found: ForcedVisit | None, here: str, there: str) -> list[str]:
        """Why a van goes to one place and not to another."""
        words = self.words
        names = {"here": self.names[here], "there": self.names[there]}
        if found is None:
            return [words("No plan was found that goes to {there} instead of {here}.", **names)]
        first = words("With a stop at {there} and none at {here}:", **names)
        told = [f"{first} {self._forced_sentence(found)}", *self._loss_sentences(found)]
        if found.cost.worth < -SLACK:
            return [*told, words("That plan is worth more than this one; plan again.")]
        if not found.cost.proven:
            return [*told, self._certainty_sentence(found.cost)]
        # The bound is on plans without a stop at the one place; others may do better.
        proven = words(
            "Proven: every plan that stops there and not at {here} is worth at least {least} people"
            " less than this plan, driving and weights counted.",
            here=names["here"],
            least=words.number(found.cost.least or 0.0, 1),
        )
        return [*told, proven]
