"""A district in the middle of being changed."""

from dataclasses import replace

import pytest

from planner.errors import Mistake
from planner.scenarios import Variant
from tests.builders.districts import SATURDAY, SUNDAY, WEEK, district


def test_a_variant_begins_with_the_district_as_it_is() -> None:
    """Planned on the service days; the district it began with stays as it was."""
    given = district()
    variant = Variant.begin(given, WEEK)
    assert variant.dates == (SATURDAY, SUNDAY)
    closed = variant.with_hours("P1", (), variant.dates)
    assert len(closed.district.calendar) == len(given.calendar) + 2
    assert variant.district is given


def test_places_are_changed_by_kind_by_name_or_all() -> None:
    """``school`` is a kind, ``nama p1`` a name."""
    variant = Variant.begin(district(), WEEK)

    def weights(target: str | None) -> list[float]:
        changed = variant.with_venues(target, lambda venue: replace(venue, weight=2.0))
        return [venue.weight for venue in changed.district.venues]

    assert weights("school") == [1, 2, 1]
    assert weights("nama p1") == [2, 1, 1]
    assert weights(None) == [2, 2, 2]


def test_a_date_that_is_not_planned_is_refused() -> None:
    """With those that are."""
    variant = Variant.begin(district(), WEEK)
    assert variant.planned_days(None) == (SATURDAY, SUNDAY)
    assert variant.planned_days(SUNDAY) == (SUNDAY,)
    with pytest.raises(Mistake, match="is not planned for; use one of: 2026-11-28, 2026-11-29"):
        variant.planned_days(SATURDAY.replace(day=21))
