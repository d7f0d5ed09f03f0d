"""Routes side by side on the streets they share."""

from planner.render.parallel_offsets import MAX_BAND_PX, SPACING_PX, offset_routes

WEST, MIDDLE, EAST, NORTH = (-7.0, 110.0), (-7.0, 110.01), (-7.0, 110.02), (-6.99, 110.01)


def test_alone_on_its_streets_a_route_is_in_the_middle() -> None:
    """There and back too."""
    ((there, back),) = offset_routes([[(WEST, MIDDLE, NORTH), (NORTH, MIDDLE, WEST)]])
    assert there.offset_px == back.offset_px == (0.0, 0.0, 0.0)
    assert there.points == (WEST, MIDDLE, NORTH)


def test_two_routes_on_a_street_have_a_lane_each() -> None:
    """Both from west to east, one on each side, a lane apart."""
    (one,), (other,) = offset_routes([[(WEST, EAST)], [(WEST, EAST)]])
    assert one.offset_px == (-SPACING_PX / 2, -SPACING_PX / 2)
    assert other.offset_px == (SPACING_PX / 2, SPACING_PX / 2)


def test_towards_each_other_they_keep_their_sides() -> None:
    """One drives east in the southern lane: the other, driving west, has it on its left too."""
    (one,), (other,) = offset_routes([[(WEST, EAST)], [(EAST, WEST)]])
    assert one.offset_px == other.offset_px == (-SPACING_PX / 2, -SPACING_PX / 2)


def test_a_lane_ends_where_the_street_is_no_longer_shared() -> None:
    """At the corner, halfway to the middle of the next street."""
    (one,), _ = offset_routes([[(WEST, MIDDLE, NORTH)], [(WEST, MIDDLE, EAST)]])
    assert one.points == (WEST, MIDDLE, NORTH)
    assert one.offset_px == (-2.5, -1.2, 0.0)


def test_many_routes_share_a_band() -> None:
    """Twelve on one street are not twelve full lanes wide."""
    lines = offset_routes([[(WEST, EAST)]] * 12)
    found = [line.offset_px[0] for (line,) in lines]
    assert found == sorted(set(found))
    assert found[-1] - found[0] < MAX_BAND_PX
