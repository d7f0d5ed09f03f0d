"""See `tests.builders.synthetic_weekends`."""

from tests.builders.synthetic_weekends import *  # noqa: F403
