"""See `tests.builders.districts`."""

from tests.builders.districts import *  # noqa: F403
