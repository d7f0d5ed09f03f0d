"""See `tests.builders.horizons`."""

from tests.builders.horizons import *  # noqa: F403
