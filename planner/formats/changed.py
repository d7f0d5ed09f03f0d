"""``planner-changed/1``: what of an instance is not as the tables say any more."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from planner.errors import Problem
from planner.formats.instance import (
    SharedSiteRow,
    VanRow,
    in_file,
    site_row,
    sound_site,
    sound_van,
    van_row,
)
from planner.formats.strict import Row, json_bytes, read_json, validate
from planner.i18n.messages import say
from planner.model import Instance
from planner.plan import Diversions
from planner.value_rules import refuse


class StoppedVanRow(Row):
    """A van that does not drive any more, until said otherwise.

    Attributes
    ----------
    records
        Whether it finishes recording where it stands.
    since_s
        Seconds after midnight of the date.
    back
        The date on which it drives again; null = not this week.
    shifts
        Its shifts of that date and after, as they were.
    """

    van: str
    records: bool
    since: date
    since_s: int
    back: date | None
    shifts: dict[date, tuple[int, int]]


class DivertedVanRow(Row):
    """A van that was sent elsewhere on its way.

    Attributes
    ----------
    stops
        How many it had made by then.
    site
        Where it was, or was going; null = its depot.
    """

    van: str
    date: date
    stops: int
    site: str | None


class ChangedFile(Row):
    """Sites and vans that are not as the tables say any more, whole; places stay as they are."""

    format: Literal["planner-changed/1"]
    sites: list[SharedSiteRow]
    vans: list[VanRow]
    stopped: tuple[StoppedVanRow, ...] = ()
    diverted: tuple[DivertedVanRow, ...] = ()


def changed_bytes(
    before: Instance,
    after: Instance,
    earlier: Path,
    stopped: Sequence[StoppedVanRow] = (),
    diversions: Diversions | None = None,
) -> bytes:
    """What is different in an instance, and what the file ``earlier`` names if it is there.

    Parameters
    ----------
    stopped
        Every van that does not drive any more.
    diversions
        Every van that was sent elsewhere on its way.
    """
    known = _read_changed(earlier)
    sites = {row.id for row in known.sites}
    vans = {row.id for row in known.vans}
    return json_bytes(
        ChangedFile(
            format="planner-changed/1",
            sites=[
                site_row(site)
                for was, site in zip(before.sites, after.sites, strict=True)
                if site != was or site.id in sites
            ],
            vans=[
                van_row(van)
                for was, van in zip(before.vans, after.vans, strict=True)
                if van != was or van.id in vans
            ],
            stopped=tuple(stopped),
            diverted=tuple(_diverted_rows(after, diversions or {})),
        )
    )


def _diverted_rows(instance: Instance, diversions: Diversions) -> Iterator[DivertedVanRow]:
    sites = {site.place: site.id for site in instance.sites}
    for (van_id, day, stops), place in sorted(diversions.items()):
        yield DivertedVanRow(van=van_id, date=day, stops=stops, site=sites.get(place))


def read_diversions(instance: Instance, path: Path) -> Diversions:
    """Vans that were sent elsewhere on their way, as far as the instance has the place."""
    return {
        (row.van, row.date, row.stops): instance.depot_places[instance.van(row.van).end]
        if row.site is None
        else instance.site(row.site).place
        for row in _read_changed(path).diverted
        if row.van in instance.van_index and (row.site is None or row.site in instance.site_index)
    }


def stopped_vans(path: Path) -> tuple[StoppedVanRow, ...]:
    """Vans that do not drive any more; none where there is no file."""
    return _read_changed(path).stopped


def with_changes(instance: Instance, path: Path) -> Instance:
    """The instance as a ``planner-changed/1`` file says; where there is none, as it is.

    Raises
    ------
    InputError
        With all that is wrong with the file, and what it names that the instance does not have.
    """
    row = _read_changed(path)
    problems: list[Problem] = []
    sites = {site.id: sound_site(site, problems) for site in row.sites}
    vans = {van.id: sound_van(van, problems) for van in row.vans}
    gone = [name for name in sites if name not in instance.site_index]
    gone += [name for name in vans if name not in instance.van_index]
    missing = (
        Problem(
            where=str(path),
            what=say("{name} is not in the district folder any more", name=name),
            remedy=say("plan again"),
        )
        for name in gone
    )
    refuse((*in_file(path, problems), *missing))
    return replace(
        instance,
        sites=tuple(
            replace(sites[site.id], place=site.place) if site.id in sites else site
            for site in instance.sites
        ),
        vans=tuple(vans.get(van.id, van) for van in instance.vans),
    )


def _read_changed(path: Path) -> ChangedFile:
    if not path.exists():
        return ChangedFile(format="planner-changed/1", sites=[], vans=[])
    return validate(ChangedFile, read_json(path), path)
