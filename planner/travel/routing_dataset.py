"""A road file made ready for routing, each part when it is first needed."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from planner.district import Speeds
from planner.errors import input_error
from planner.i18n.messages import Message, say
from planner.travel.access_links import find_access_links
from planner.travel.cost import Costs
from planner.travel.dataset_cache import (
    Arrays,
    DatasetCache,
    arrays_of,
    code_version,
    digest_of,
    digest_of_file,
)
from planner.travel.dijkstra import Dijkstra
from planner.travel.graph import Graph, build_graph, road_costs
from planner.travel.interface import StageListener
from planner.travel.network import Network, build_network
from planner.travel.osm import read_extract
from planner.travel.profile import Profile
from planner.travel.snap import SnappedPlaces
from planner.travel.water import Water, read_water

if TYPE_CHECKING:
    from planner.travel.hierarchy import Hierarchy

SMALL_WORK = 10_000_000
"""States times places up to which SciPy, without preparation, is the faster: 1.5 s."""


class PathSearch(Protocol):
    """Finds cheapest paths between places; all searches find the same costs."""

    def matrix(self) -> Costs:
        """Cost from each place to each, `planner.travel.cost.NO_PATH` where none leads."""
        ...

    def links(self, origin: int, destination: int) -> Sequence[int]:
        """Links of the cheapest path between two places, the parts at both ends included."""
        ...


class RoutingDataset:
    """A road file, read and prepared step by step; what is made is kept in a cache.

    Parameters
    ----------
    on_stage
        Hears what is being done and the share of it that is done.
    small_work
        States times places up to which paths are searched without a hierarchy.

    Raises
    ------
    InputError
        Where the file is missing; on first use also where it is no extract or has no roads.
    """

    def __init__(
        self,
        path: Path,
        speeds: Speeds,
        cache: DatasetCache,
        on_stage: StageListener,
        small_work: int = SMALL_WORK,
    ) -> None:
        self.path, self.speeds, self.cache = path, speeds, cache
        self._on_stage, self._small_work = on_stage, small_work
        self._graphs: dict[int, Graph] = {}
        if not path.is_file():
            raise input_error(
                str(path), say("is missing"), say("put the road file there, or plan without one")
            )
        self.key = digest_of(digest_of_file(path), code_version())

    @cached_property
    def network(self) -> Network:
        """All its roads; ferries are driven where the speeds allow them."""

        def make() -> Arrays:
            on_progress = self._begin_stage(say("reading {name}", name=self.path.name))
            return arrays_of(build_network(read_extract(self.path, on_progress)))

        network = Network(**self.cache.get_or_make("network", self.key, make))
        return network if self.speeds.ferries else network.without_ferries()

    @cached_property
    def water(self) -> Water:
        """Its sea, lakes and wide rivers."""
        return read_water(self.path, self.cache, self.key)

    @cached_property
    def costs(self) -> Costs:
        """Cost of each road."""
        return road_costs(self.network, self.speeds)

    def graph(self, profile: Profile) -> Graph:
        """The roads as a class of van may drive them."""
        if profile.index not in self._graphs:
            self._graphs[profile.index] = build_graph(self.network, profile.usable, self.costs)
        return self._graphs[profile.index]

    def path_search(self, profile: Profile, snaps: SnappedPlaces) -> PathSearch:
        """The engine that is fastest for so many places on so many roads."""
        graph = self.graph(profile)
        access_links = find_access_links(graph, snaps, self.costs)
        hierarchy = self.build_hierarchy_if_needed(profile, access_links.num_places)
        if hierarchy is None:
            return Dijkstra(graph=graph, access_links=access_links)
        # Compiled code takes a moment to load, which small districts do without.
        from planner.travel.ch_query import CHQuery  # noqa: PLC0415

        return CHQuery(graph=graph, access_links=access_links, hierarchy=hierarchy)

    def build_hierarchy_if_needed(self, profile: Profile, num_places: int) -> "Hierarchy | None":
        """The contracted graph of a class; None where so few places are faster without it."""
        graph = self.graph(profile)
        if graph.num_states * num_places <= self._small_work:
            return None
        from planner.travel.hierarchy import Hierarchy, build_hierarchy  # noqa: PLC0415

        def make() -> Arrays:
            stage = say("preparing roads for {name} vans", name=profile.name)
            return build_hierarchy(graph, self._begin_stage(stage)).arrays()

        speeds = sorted(self.speeds.by_highway_kmh.items())
        key = digest_of(self.key, profile, speeds, self.speeds.ferries)
        return Hierarchy.of(self.cache.get_or_make("hierarchy", key, make))

    def _begin_stage(self, what: Message) -> Callable[[float], None]:
        """Tells that a step begins; what is returned tells the share of it that is done."""
        self._on_stage(what, 0.0)
        return partial(self._on_stage, what)
