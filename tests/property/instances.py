"""See `tests.builders.random_instances`."""

from tests.builders.random_instances import *  # noqa: F403
