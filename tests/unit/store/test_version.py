"""What a manifest says."""

import json

from planner.store.version import History, with_history


def test_half_a_character_in_a_manifest_stays_half_a_character() -> None:
    """JSON can write one, which no file can hold as text."""
    content = rb'{"week": "\ud800"}'
    assert rb'"\ud800"' in with_history(content, History())
    assert json.loads(with_history(content, History()))["week"] == "\ud800"
