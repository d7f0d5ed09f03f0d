"""Settings of all tests."""

from hypothesis import settings

# The first example of a compiled loop waits for the compiler.
settings.register_profile("planner", deadline=None, derandomize=True)
settings.load_profile("planner")
