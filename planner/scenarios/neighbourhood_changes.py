"""Changes for the sake of a neighbourhood."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import mode

from planner.district import Neighbourhood, Permission, Venue
from planner.errors import Mistake
from planner.geo import nearest_to_mean
from planner.i18n.messages import say
from planner.inputs.lookup import find_neighbourhoods, find_venue
from planner.scenarios.change import TargetChange, register
from planner.scenarios.variant import Variant


@register(
    "point",
    say("NEIGHBOURHOOD"),
    say("A place in the middle of an RT, an RW or a kelurahan, like the other points."),
    examples=("RW 012 Melati", "RT 003 RW 012 Melati"),
)
class AddPoint(TargetChange):
    """A neighbourhood gets a point of its own, not yet confirmed."""

    def apply(self, variant: Variant) -> Variant:
        """It lies where people live, has the commonest hours and rates, and takes all vans."""
        district = variant.district
        homes = find_neighbourhoods(district, self.target)
        if not homes:
            remedy = say("write for example 'RW 012 Melati'")
            raise Mistake.of(self.target, say("is not a neighbourhood"), remedy)
        classes = tuple(sorted({vehicle.van_class for vehicle in district.vehicles}))
        point = replace(_point_among(homes, district.venues, self.target), classes=classes)
        return replace(variant, district=replace(district, venues=(*district.venues, point)))


def _point_among(homes: Sequence[Neighbourhood], venues: Sequence[Venue], name: str) -> Venue:
    """A point where some people live, like most of the points there are."""
    points = [venue for venue in venues if venue.type.is_walk_in]
    if not points:
        what = say("gets no point, as there is none whose hours it could have")
        raise Mistake.of(name, what, say("add a point to the table of points"))
    if any(venue.id == name for venue in venues):
        raise Mistake.of(name, say("is a place already"), say("name another neighbourhood"))
    kinds = [_kind(point) for point in points]
    lat, lon = ([getattr(home, axis) for home in homes] for axis in ("lat", "lon"))
    home = homes[nearest_to_mean(lat, lon, [max(home.backlog, 1) for home in homes])]
    return replace(
        points[kinds.index(mode(kinds))],
        id=name,
        name=name,
        lat=home.lat,
        lon=home.lon,
        permission=Permission.NOT_ASKED,
        weight=1.0,
        address="",
        contact="",
        note="",
        letter_number="",
        letter_date=None,
    )


def _kind(point: Venue) -> tuple[object, ...]:
    """What makes points alike."""
    hours = tuple(sorted(point.hours.items()))
    return point.type.key, hours, point.turnout, point.seconds_per_person


@register(
    "visit",
    say("PLACE"),
    say("A van must stop at this place, whatever it costs."),
    examples=("20206031", "T-12"),
)
class VisitPlace(TargetChange):
    """A place comes first; where no van can, the plan is made without it."""

    def apply(self, variant: Variant) -> Variant:
        """The district stays what it is."""
        venue = find_venue(variant.district, self.target)
        return replace(variant, required=variant.required | {venue.id})
