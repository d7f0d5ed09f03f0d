"""What one more of everything is worth, as lines, CSV and JSON."""

from planner.analysis.gain import Worth, compute_gain, rank_worths
from planner.i18n.messages import say
from planner.i18n.words import Words
from planner.render.scarcity_table import (
    build_price_line,
    build_scarcity_csv,
    build_scarcity_dicts,
    build_scarcity_lines,
)
from planner.scenarios import Amount, ChangeKits
from tests.builders.comparisons import bounded_result

WORDS = Words(language="en")


def test_unknown_numbers_are_a_dash() -> None:
    """What is not known of `km` stands as –."""
    base = bounded_result(80, 90, 80, 90)
    found = rank_worths(
        [
            Worth(
                what=say("km"),
                change=None,
                gain=compute_gain(base, bounded_result(80, None, 80, None)),
            ),
            Worth(
                what=say("Maps"),
                change=ChangeKits(target="A", amount=Amount(1, "+")),
                gain=compute_gain(base, bounded_result(95, 99, 96, 99)),
            ),
        ]
    )
    rows = [line.split() for line in build_scarcity_lines(found, WORDS)]
    assert rows[1] == ["Maps", "proven:", "a", "gain", "+16", "19", "15.0", "5.0", "19.0"]
    assert rows[2][-5:] == ["±0", "–", "0.0", "0.0", "–"]
    assert build_scarcity_dicts(found, WORDS)[0]["worth_most"] == 19
    text = build_scarcity_csv(found, WORDS).decode("utf-8-sig").splitlines()
    assert text[1] == "Maps,16,19,15,5,19,proven: a gain,'--kits A=+1"


def test_the_dearest_places_are_named() -> None:
    """Prices are estimates, and said to be."""
    told = build_price_line({"a": "Balai A", "b": "Balai B"}, {"a": 0.2, "b": 0.75}, WORDS)
    assert told.endswith("(estimate): Balai B (0.75), Balai A (0.20)")
