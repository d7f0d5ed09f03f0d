"""What a campaign comes to, in sentences: when it is finished, what is proven, and what is left."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import timedelta

from planner.analysis.campaign import Campaign, DoneWeek, count_by_kelurahan
from planner.analysis.ways import cost_of_last_percent, weeks_of_printing
from planner.district import District
from planner.horizon import begin_of_weekend
from planner.i18n.messages import msgid
from planner.i18n.words import Words
from planner.render.escape import to_line

WORKING_DAYS = 5

MOST = 5
"""So many places that no van can finish are named one by one."""


def build_summary(district: District, campaign: Campaign, words: Words) -> list[str]:
    """When the goal is reached, how far that is from the least, and what the end of it costs."""
    number = len(campaign.weekends)
    lines = [
        words(
            "people to be recorded: {initial}, reachable by van: {reachable}, goal: {allowed} left",
            initial=words.number(campaign.initial),
            reachable=words.number(campaign.reachable),
            allowed=words.number(campaign.allowed_left),
        )
    ]
    if campaign.is_finished:
        lines.append(words("finished after {weekends}", weekends=_weekends(number, words)))
    else:
        lines.append(
            words(
                "not finished: {left} left after {weekends}",
                left=words.number(campaign.left),
                weekends=_weekends(number, words),
            )
        )
        lines += _why_not_finished(district, campaign, words)
    least = campaign.least_weekends
    if least is None:
        lines.append(words("no number of weekends is enough with these vans and places"))
    elif campaign.is_finished and number == least:
        lines.append(words("proven: no plans finish in fewer weekends"))
    else:
        lines.append(words("proven: at least {weekends}", weekends=_weekends(least, words)))
    lines += [_cost_line(week, words) for week in campaign.done[-1:]]
    lines += _range_lines(campaign, words)
    lines += _looking_ahead(district, campaign, words)
    lines += _price(district, campaign, words)
    return [
        *lines,
        *_equity(district, campaign, words),
        *_printing(district, campaign, words),
        *_last_percent(district, campaign, words),
        *_beyond(campaign, words),
    ]


def _weekends(number: int, words: Words) -> str:
    return words.number_of("{n} weekend", "{n} weekends", number)


def _why_not_finished(district: District, campaign: Campaign, words: Words) -> list[str]:
    """What ends a campaign before its goal; nothing where it was interrupted."""
    goal, weeks = campaign.goal, campaign.weekends
    if not campaign.is_complete:
        return []
    if goal.until is not None and weeks:
        last = begin_of_weekend(weeks[-1], district.office.service_days)
        coming = last + timedelta(days=7)
        if coming > goal.until:
            return [words("it ends on {day}, as asked", day=words.letter_date(goal.until))]
    if len(campaign.weeks) >= goal.max_weekends:
        return [words("more weekends than that are not planned")]
    if goal.stop_below:
        rate = words.number(goal.stop_below, 1)
        return [words("the next weekend would record fewer than {rate} in a van-hour", rate=rate)]
    return [words("no weekend after them would record anybody")]


def _looking_ahead(district: District, campaign: Campaign, words: Words) -> Iterator[str]:
    """How many weekends look ahead, and what the way that was not taken comes to."""
    number = sum(planned.looks_ahead for planned in campaign.weeks)
    is_alone = campaign.other is not None and campaign.other.looks_ahead
    rates = district.campaign
    is_fair = rates.floor or rates.visit_weeks
    if rates.look_ahead and not is_fair and not is_alone and number < len(campaign.weeks):
        yield words(
            "weekends that look ahead: {number} of {all}; the others are planned alone, as prices"
            " of people are not settled or no later weekend needs them",
            number=number,
            all=len(campaign.weeks),
        )
    if campaign.other is None:
        return
    other, half = campaign.other, max(1, len(campaign.weeks) // 2)
    yield words(
        "for comparison, {way}: {outcome}; in the first {weekends} it records {there}, the"
        " campaign here {here}",
        way=words("looking ahead") if is_alone else words("each weekend planned alone"),
        outcome=words("finished after {weekends}", weekends=_weekends(len(other.recorded), words))
        if other.is_finished
        else words("not finished after {weekends}", weekends=_weekends(len(other.recorded), words)),
        weekends=_weekends(half, words),
        there=words.number(sum(other.recorded[:half])),
        here=words.number(sum(planned.people for planned in campaign.weeks[:half])),
    )


def _price(district: District, campaign: Campaign, words: Words) -> list[str]:
    """What people give up on a weekend who count otherwise than one by one, as far as proven."""
    is_fair = district.campaign.floor or district.campaign.visit_weeks
    prices = [
        planned.price
        for planned in campaign.weeks
        if (planned.looks_ahead or is_fair) and planned.price is not None
    ]
    if not prices:
        return []
    template = (
        msgid("looking ahead and equity gave up at most {people} people on a weekend")
        if is_fair
        else msgid("looking ahead gave up at most {people} people on a weekend for later ones")
    )
    return [words(template, people=words.number(max(prices)))]


def _range_lines(campaign: Campaign, words: Words) -> Iterator[str]:
    """By which weekends simulated courses reach the goal."""
    for what, shares in (
        (words("of those whom vans reach"), campaign.finish_shares),
        (words("of all in the register"), campaign.official_finish_shares),
    ):
        most = len(shares) - 1
        low, half, high = finish_range(shares)
        beyond = words("more than {n}", n=words.number(most))
        if not campaign.finish_shares:
            return
        if low > most:
            yield words(
                "goal {what}: 9 of 10 simulated courses take more than {n} weekends",
                what=what,
                n=words.number(most),
            )
            continue
        yield words(
            "goal {what}: half of the simulated courses take {half} weekends, 8 of 10 between"
            " {low} and {high}",
            what=what,
            half=beyond if half > most else words("{n} or fewer", n=words.number(half)),
            low=words.number(low),
            high=beyond if high > most else words.number(high),
        )


def finish_range(shares: Sequence[float]) -> tuple[int, int, int]:
    """Weekends by which a tenth, half and nine tenths of courses finish, of shares by weekend.

    A number that no weekend reaches is that of the weekends.
    """
    low, half, high = (bisect_left(shares, level) for level in (0.1, 0.5, 0.9))
    return low, half, high


def _equity(district: District, campaign: Campaign, words: Words) -> list[str]:
    """The kelurahan with the smallest share recorded, and the longest without a stop."""
    shares = {
        code: recorded / (recorded + left)
        for code, (recorded, left) in count_by_kelurahan(campaign.weeks).items()
        if code and recorded + left
    }
    if not shares:
        return []
    least = min(shares, key=lambda code: (shares[code], code))
    homes = [home for home in district.neighbourhoods if home.code == least]
    recorded, left = count_by_kelurahan(campaign.weeks)[least]
    gone = sum(home.unrecorded - home.backlog for home in homes)
    behind = sum(share < district.campaign.floor for share in shares.values())
    lines = [
        words(
            "fewest recorded: {name}, {percent} % of those who can be reached,"
            " {official} % of all unrecorded in the register",
            name=kelurahan_title(district, least),
            percent=words.number(100 * shares[least], 0),
            official=words.number(100 * recorded / (recorded + left + gone), 0),
        )
    ]
    if behind:
        lines.append(
            words(
                "below the floor of {percent} %: {n} kelurahan",
                percent=words.number(100 * district.campaign.floor, 0),
                n=behind,
            )
        )
    return lines


def _printing(district: District, campaign: Campaign, words: Words) -> list[str]:
    """When the cards of all are printed, and when with one printer more."""
    rates = district.campaign
    weeks = [
        weeks_of_printing(campaign.weeks, printers * WORKING_DAYS * rates.cards_a_day)
        for printers in (rates.printers, rates.printers + 1)
    ]
    if not any(planned.people for planned in campaign.weeks):
        return []
    return [
        words(
            "cards of all are printed {late} weeks after the last weekend, with one printer more"
            " {less}",
            late=weeks[0],
            less=weeks[1],
        )
    ]


def _last_percent(district: District, campaign: Campaign, words: Words) -> list[str]:
    """What the people recorded last cost."""
    last = cost_of_last_percent(district, campaign.weeks, campaign.reachable)
    if last is None:
        return []
    return [
        words(
            "the last percent recorded, {people}, takes {weekends} from {week} on: {hours}"
            " van-hours, Rp {cost} for each",
            people=words.number_of("{n} person", "{n} people", last.people),
            weekends=words.number_of("{n} weekend", "{n} weekends", last.weekends),
            week=last.from_week,
            hours=words.number(last.van_h, 1),
            cost=words.number(last.cost / last.people),
        )
    ]


def _beyond(campaign: Campaign, words: Words) -> list[str]:
    """How many people no van can record, and why most of them."""
    if not campaign.beyond:
        return []
    lines = [
        words(
            "no van can record {people} where it may stand now; most of them:",
            people=words.number_of(
                "{n} person", "{n} people", sum(beyond.people for beyond in campaign.beyond)
            ),
        )
    ]
    for beyond in campaign.beyond[:MOST]:
        where = " ".join(filter(None, (beyond.name, beyond.kelurahan)))
        reason = words.translate(beyond.reason)
        lines.append(f"  {to_line(where, 60)}: {words.number(beyond.people)} ({reason})")
    return lines


def _cost_line(week: DoneWeek, words: Words) -> str:
    """What the last weekend brought beside what was promised, and what it cost."""
    told = words(
        "{week} recorded {recorded} of {promised}",
        week=week.week,
        recorded=words.number(week.recorded),
        promised=words.number(week.promised),
    )
    if week.cost is None:
        return told
    return words(
        "{told}; the least number of weekends went from {before} to {after}",
        told=told,
        before=week.least_before,
        after=week.least_after,
    )


def kelurahan_title(district: District, code: str) -> str:
    """Name of a kelurahan; of those counted at places alone, what they are."""
    if not code:
        return district.office.words("counted at schools and offices alone")
    return to_line(district.kelurahan_name(code), 60)
