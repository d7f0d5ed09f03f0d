"""See `tests.builders.folders`."""

from tests.builders.folders import *  # noqa: F403
