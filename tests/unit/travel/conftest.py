"""The hand-made town as a road file."""

from pathlib import Path

import pytest

from tests.builders.town import write_extract


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town's road file."""
    return write_extract(tmp_path_factory.mktemp("town") / "town.osm.pbf")
