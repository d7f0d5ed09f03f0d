"""Streets from the network, beneath the map of a page that a server shows."""

from urllib.parse import urlsplit

import folium
from xyzservices import TileProvider, providers

STREETS: TileProvider = providers["OpenStreetMap"]["Mapnik"]

TILE_HOST = f"https://{urlsplit(str(STREETS.url)).hostname}"


def tile_layer() -> folium.TileLayer:
    """A layer that credits those whose tiles it shows."""
    return folium.TileLayer(STREETS, name="tiles")
