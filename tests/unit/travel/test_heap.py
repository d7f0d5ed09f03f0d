"""The heap of the compiled loops."""

from hypothesis import given
from hypothesis import strategies as st

from planner.travel.heap import empty_heap, pop, push


@given(st.lists(st.integers(-9, 9)))
def test_nodes_come_out_by_their_keys(keys: list[int]) -> None:
    """Each with the node it was put in with, equal keys in any order."""
    heap = empty_heap(len(keys))
    for node, key in enumerate(keys):
        push(heap, key, node)
    popped = [pop(heap) for _ in keys]
    assert [key for key, _ in popped] == sorted(keys)
    assert {int(node): int(key) for key, node in popped} == dict(enumerate(keys))
    assert heap.size[0] == 0


def test_a_node_may_be_in_it_twice() -> None:
    """A search puts in a cheaper key and leaves the dearer one."""
    heap = empty_heap(2)
    push(heap, 7, 1)
    push(heap, 3, 1)
    assert [pop(heap), pop(heap)] == [(3, 1), (7, 1)]
