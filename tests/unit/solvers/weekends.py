"""See `tests.builders.instances`."""

from tests.builders.instances import *  # noqa: F403
