"""People left weekend after weekend as a chart, in bands where courses were simulated."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from planner.analysis.campaign import Campaign
from planner.i18n.words import Words
from planner.render.comparison_charts import label_ticks, round_ticks
from planner.render.html import fill_template, path_data

Band = tuple[int, int, int]

LEFT, MARGIN, BOTTOM_HEIGHT, ROW = 90, 20, 60, 34


@dataclass(frozen=True, slots=True)
class BurnDown:
    """The chart of a campaign.

    Attributes
    ----------
    columns
        Of its legend: 3 on paper, 1 beside a map.
    """

    campaign: Campaign
    columns: int = 3

    @property
    def width(self) -> int:
        """Of the whole chart; letters are 20 high."""
        return 1000 if self.columns > 1 else 520

    @property
    def height(self) -> int:
        """Of the whole chart."""
        return 420

    @property
    def top(self) -> int:
        """Above is the legend."""
        return 20 + ROW * -(-3 // self.columns)

    @property
    def bottom(self) -> int:
        """Where nobody is left."""
        return self.height - BOTTOM_HEIGHT

    @property
    def bands(self) -> Sequence[Band]:
        """Until nothing changes in them any more."""
        bands = self.campaign.left_bands
        ends = (n for n in range(1, len(bands)) if bands[n - 1] == bands[-1])
        return bands[: next(ends, len(bands))]

    @property
    def last(self) -> int:
        """Number of the last weekend shown."""
        return max(1, len(self.campaign.weekends), len(self.bands) - 1)

    def x(self, number: float) -> float:
        """Where so many weekends are over."""
        return LEFT + (self.width - MARGIN - LEFT) * number / self.last

    @property
    def ends(self) -> list[int]:
        """Where each weekend to come ends, from left to right."""
        first = len(self.campaign.done) + 1
        return [round(self.x(number)) for number, _ in enumerate(self.campaign.weeks, first)]

    def draw(self, words: Words) -> Markup:
        """By the register and by what vans can reach, with the goal, as an SVG."""
        campaign, bands, left = self.campaign, self.bands, self.campaign.burn_down
        unreachable, beyond = campaign.official - campaign.initial, campaign.beyond_vans
        ticks = round_ticks([0.0, float(max(left) + unreachable)])

        def at(number: int, people: float) -> tuple[float, float]:
            share = max(0.0, people) / ticks[-1]
            return self.x(number), self.bottom - (self.bottom - self.top) * share

        def lines(more: int) -> tuple[Markup, Markup]:
            line = [at(number, people + more) for number, people in enumerate(left)]
            low = [at(number, band[0] + more) for number, band in enumerate(bands)]
            high = [at(number, band[2] + more) for number, band in enumerate(bands)]
            return path_data([line]), path_data([[*low, *reversed(high)]] if bands else [])

        weekends = round_ticks([0.0, float(self.last)])
        return fill_template(
            "burn_down.svg",
            words=words,
            chart=self,
            right=self.width - MARGIN,
            left=LEFT,
            x_ticks=[
                (round(self.x(tick)), words.number(tick))
                for tick in weekends
                if tick == int(tick) <= self.last
            ],
            y_ticks=label_ticks(ticks, self.bottom, self.top, words),
            lines=[
                (words("by the register"), "#0b4f8a", "", *lines(unreachable)),
                (words("those whom vans reach"), "#b3261e", "24 8", *lines(-beyond)),
                (words("goal"), "#1b6e3c", "4 6", self._goal(at), ""),
            ],
            legend=[self._legend(number) for number in range(3)],
        )

    def _goal(self, at: Callable[[int, float], tuple[float, float]]) -> Markup:
        people = self.campaign.allowed_left - self.campaign.beyond_vans
        return path_data([[at(0, people), at(self.last, people)]])

    def _legend(self, number: int) -> tuple[int, int]:
        row, column = divmod(number, self.columns)
        return LEFT + 310 * column, 22 + ROW * row
