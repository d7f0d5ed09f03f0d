"""Explanations in sentences that an official can send on, in the language of the reader."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import assert_never

from planner.analysis.gain import SLACK, Gain
from planner.explain.explanation import Explanation, ForcedVisit
from planner.explain.feasibility import Obstacle, Trial
from planner.explain.minimal_change import MinimalChange
from planner.explain.parameters import Parameter
from planner.explain.reasons import Code
from planner.horizon import Horizon
from planner.i18n.messages import Message, msgid
from planner.i18n.words import Words
from planner.model import table_id
from planner.units import MINUTE_S

NAMES = 5
"""Places named one by one."""

_SENTENCES = {
    Code.OVERLOOKED: msgid("{name} was overlooked: a better plan was found that goes there."),
    Code.UNSETTLED: msgid(
        "No plan was found in which a van goes to {name}, but none is ruled out."
    ),
    Code.IMPOSSIBLE: msgid("No van can go to {name}, whatever other stops it makes (proven)."),
}


@dataclass(frozen=True)
class ExplanationWriter:
    """Tells explanations of one weekend.

    Attributes
    ----------
    remarks
        What else bears on each answer, such as vans that do not drive any more.
    """

    horizon: Horizon
    words: Words
    remarks: tuple[Message, ...] = ()

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names of all places by their id."""
        return {venue.id: venue.name for venue in self.horizon.district.venues}

    def reason_line(self, why: Explanation) -> str:
        """The reason in one line, for a table."""
        words = self.words
        if why.left_out is not None:
            return words.translate(why.left_out.message)
        expected = words.number(why.expected)
        if why.code is Code.OUTWEIGHED and not why.people:
            return words("{expected} expected; the drive costs more", expected=expected)
        if why.code is Code.OUTWEIGHED and why.is_proven:
            return words(
                "{expected} expected; other places are worth more: a plan with a stop there is"
                " worth at least {least} less (proven)",
                expected=expected,
                least=words.number(why.cost_bound, 1),
            )
        if why.code is Code.OUTWEIGHED:
            return words(
                "{expected} expected; other places are worth more, based on the plans found",
                expected=expected,
            )
        if why.feasibility is None or why.feasibility.nearest is None:
            return words("no van drives on these dates")
        return self._trial_text(why.feasibility.nearest)

    def sentences(self, why: Explanation) -> list[str]:
        """All that is known, a sentence or two each."""
        remarks = (f"{self.words.translate(remark)}." for remark in self.remarks)
        return [*self._reason_sentences(why), *remarks, *self._detail_sentences(why)]

    def action(self, why: Explanation) -> str:
        """What could be done."""
        return self.words.translate(why.code.action)

    # Why.

    def _reason_sentences(self, why: Explanation) -> Iterator[str]:
        words, name = self.words, why.venue.name
        if why.left_out is not None:
            reason = words.translate(why.left_out.message)
            yield words("No van goes to {name}: {reason}.", name=name, reason=reason)
        elif why.code is Code.VISITED:
            yield from self._visit_sentences(why)
        elif why.code is Code.OUTWEIGHED:
            yield self._outweighed_sentence(why)
        elif why.code in _SENTENCES:
            yield words(_SENTENCES[why.code], name=name)
        else:
            yield words("No van can stop at {name}; every van was tried on every date.", name=name)
            if why.feasibility is not None and why.feasibility.nearest is not None:
                nearest = self._trial_text(why.feasibility.nearest)
                yield words("Closest option: {trial}.", trial=nearest)

    def _outweighed_sentence(self, why: Explanation) -> str:
        values = {"name": why.venue.name, "people": self._people(why.expected)}
        if not why.people:
            return self.words(
                "{name} ({people} expected) could be visited, but the drive costs more than the"
                " people there are worth.",
                **values,
            )
        if why.forced is not None and why.forced.cost.people <= 0:
            return self.words(
                "{name} ({people} expected) could be visited, but no plan with a stop there was"
                " found that is worth more, driving and weights counted.",
                **values,
            )
        return self.words(
            "{name} ({people} expected) could be visited, but the vans record more people at other"
            " places in that time.",
            **values,
        )

    def _people(self, count: int) -> str:
        return self.words.number_of("{n} person", "{n} people", count)

    def _detail_sentences(self, why: Explanation) -> Iterator[str]:
        words = self.words
        if why.code in {Code.OUTWEIGHED, Code.OVERLOOKED} and why.forced is not None:
            yield self._forced_sentence(why.forced)
            yield from self._loss_sentences(why.forced)
        if why.restriction_lifted:
            yield from self._unrestricted_sentences(why)
        for change in why.changes:
            yield self._change_sentence(change)
        if why.code is Code.OUTWEIGHED and why.searched and not why.changes:
            yield words("No single change that was tried brings it into the plan.")
        if why.timed_out:
            yield words(
                "The time was over before all changes were tried; a longer --time-limit tries more."
            )

    def _forced_sentence(self, visit: ForcedVisit) -> str:
        words = self.words
        stops = [
            words(
                "{van} on {day}, {hours}, {people}",
                van=table_id(route.van_id),
                day=words.short_date(route.date),
                hours=words.hours(stop.serve_s, stop.packup_s),
                people=self._people(stop.people),
            )
            for route, stop in visit.stops
        ]
        return words(
            "The best plan found with a stop there records {people} in total, {difference}{worth};"
            " it stops there: {stops}.",
            people=self._people(visit.result.people),
            difference=self._difference_text(visit.cost.people),
            worth=self._loss_range(visit.cost),
            stops="; ".join(stops),
        )

    def _difference_text(self, people: int) -> str:
        words = self.words
        if people > 0:
            return words("{count} fewer than the plan", count=words.number(people))
        if people < 0:
            return words("{count} more than the plan", count=words.number(-people))
        return words("as many as the plan")

    def _loss_sentences(self, visit: ForcedVisit) -> Iterator[str]:
        words = self.words
        names = ", ".join(
            words(
                "{name} {before} to {after}",
                name=self.names[loss.site_id],
                before=loss.before,
                after=loss.after,
            )
            for loss in visit.losses[:NAMES]
        )
        more = len(visit.losses) - NAMES
        if more > 0:
            names = words("{names} and {count} more", names=names, count=more)
        if names:
            yield words("Fewer people would be recorded at: {names}.", names=names)

    def _loss_range(self, cost: Gain) -> str:
        """By how much less such a plan is worth, found and proven, to follow what was found."""
        words = self.words
        if cost.worth < -SLACK:
            return ""
        worth, least = words.number(cost.worth, 1), words.number(cost.lower_bound or 0.0, 1)
        if not cost.is_proven:
            text = msgid(
                ", worth {worth} less, driving counted (found; a smaller loss is not ruled out)"
            )
        elif worth == least:
            text = msgid(", worth {worth} less, driving counted (proven)")
        else:
            text = msgid(
                ", worth {worth} less, driving counted (found; proven is at least {least} less)"
            )
        return words(text, worth=worth, least=least)

    def _unrestricted_sentences(self, why: Explanation) -> Iterator[str]:
        words = self.words
        if why.unrestricted is None:
            yield words("Even if it were open and permitted, no plan found would go there.")
            return
        yield words(
            "If it were open and permitted, the plan found would go there and record {people} in"
            " total, {difference}.",
            people=self._people(why.unrestricted.result.people),
            difference=self._difference_text(why.unrestricted.cost.people),
        )

    def _change_sentence(self, change: MinimalChange) -> str:
        words, what = self.words, self._change_text(change, change.count)
        if change.is_proven:
            less = words("one step less is not enough (proven)")
        elif change.at_least:
            least = self._change_text(change, change.at_least)
            less = words("less was not found to be enough; proven is at least {what}", what=least)
        else:
            less = words("less was not found to be enough, but is not ruled out")
        if change.is_certain:
            return words("With {what}, it would be visited; {less}.", what=what, less=less)
        return words("With {what}, the best plan found goes there; {less}.", what=what, less=less)

    def _change_text(self, change: MinimalChange, steps: int) -> str:
        words, amount = self.words, steps * change.step.size
        longer = words.number_of(
            "{n} minute longer", "{n} minutes longer", round(amount / MINUTE_S)
        )
        match change.step.parameter:
            case Parameter.PEOPLE:
                return words.number_of(
                    "{n} more person expected there",
                    "{n} more people expected there",
                    round(amount),
                )
            case Parameter.WEIGHT:
                return words("a weight {count} higher", count=words.number(amount, 1))
            case Parameter.HOURS:
                return words("opening hours {longer}", longer=longer)
            case Parameter.SHIFT:
                return words("shifts {longer}", longer=longer)
        assert_never(change.step.parameter)

    # Which van-day.

    def _trial_text(self, trial: Trial) -> str:
        """What keeps one van on one date away."""
        words = self.words
        return words(
            "{van} on {day}: {obstacle}",
            van=table_id(trial.van_id),
            day=words.short_date(trial.date),
            obstacle=self._obstacle_text(trial),
        )

    def _obstacle_text(self, trial: Trial) -> str:
        words = self.words
        if trial.obstacle is None:
            return words("possible")
        obstacle, shortfall = words(trial.obstacle.value), trial.shortfall
        if not shortfall:
            return obstacle
        minutes = -(-shortfall // MINUTE_S)
        missing = (
            words.number_of("{n} is missing", "{n} are missing", shortfall)
            if trial.obstacle is Obstacle.CARDS
            else words.number_of("{n} minute is missing", "{n} minutes are missing", minutes)
        )
        return f"{obstacle} ({missing})"

    # Why as it is.

    def _visit_sentences(self, why: Explanation) -> Iterator[str]:
        words = self.words
        for route, stop in why.forced.stops if why.forced else ():
            yield words(
                "{name} is in the plan: {van} on {day}, {hours}, {served} of {people}.",
                name=why.venue.name,
                van=table_id(route.van_id),
                day=words.short_date(route.date),
                hours=words.hours(stop.serve_s, stop.packup_s),
                served=words.number(stop.people),
                people=self._people(why.expected),
            )
        if why.without is not None and why.without.worth < -SLACK:
            yield words("A better plan without a stop there was found; plan again.")
        elif why.without is not None:
            yield words(
                "Without a stop there, the best plan found records {difference}{worth}.",
                difference=self._difference_text(why.without.people),
                worth=self._loss_range(why.without),
            )
        for trial, cost in why.others:
            yield self._other_sentence(trial, cost)

    def _other_sentence(self, trial: Trial, cost: Gain | None) -> str:
        """A stop by another van or on another date."""
        words = self.words
        values = {"van": table_id(trial.van_id), "day": words.short_date(trial.date)}
        if cost is None:
            no_plan = trial.obstacle is None
            reason = words("no plan was found") if no_plan else self._obstacle_text(trial)
            return words("By {van} on {day}: {reason}.", reason=reason, **values)
        if cost.worth < -SLACK:
            return words("By {van} on {day}: a better plan was found; plan again.", **values)
        return words(
            "By {van} on {day}: {difference}{worth}.",
            difference=self._difference_text(cost.people),
            worth=self._loss_range(cost),
            **values,
        )

    def comparison_sentences(self, visit: ForcedVisit | None, here: str, there: str) -> list[str]:
        """Why a van goes to one place and not to another."""
        words = self.words
        names = {"here": self.names[here], "there": self.names[there]}
        if visit is None:
            return [words("No plan was found that goes to {there} instead of {here}.", **names)]
        first = words("With a stop at {there} and none at {here}:", **names)
        sentences = [f"{first} {self._forced_sentence(visit)}", *self._loss_sentences(visit)]
        if visit.cost.worth < -SLACK:
            sentences.append(words("That plan is worth more than this one; plan again."))
        return sentences
