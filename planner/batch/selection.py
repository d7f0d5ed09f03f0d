"""Which districts of a batch run, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from planner.batch.basis import differences, read_basis
from planner.batch.job import ALL, CHANGED, FAILED, MISSING, ListedDistrict, Request
from planner.batch.job_outcome import JobOutcome
from planner.i18n.messages import Message, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """A district that runs, and why."""

    district: ListedDistrict
    reasons: tuple[Message, ...]


def select(
    districts: Sequence[ListedDistrict],
    known: Mapping[str, JobOutcome],
    request: Request,
    selection: str,
) -> tuple[Selected, ...]:
    """The districts that run, in their order.

    Parameters
    ----------
    known
        By address, what became of districts before.
    selection
        ``all``, ``missing``, ``failed`` or ``changed``.
    """
    chosen = []
    for district in districts:
        reasons = tuple(_reasons(district, known.get(district.url), request, selection))
        if reasons:
            chosen.append(Selected(district=district, reasons=reasons))
    return tuple(chosen)


def _reasons(
    district: ListedDistrict, before: JobOutcome | None, request: Request, selection: str
) -> Iterator[Message]:
    if selection == ALL:
        yield say("asked for")
    elif before is None or before.basis is None:
        if selection != FAILED or before is not None:
            yield say("no result yet")
    elif selection == FAILED and not before.is_done:
        yield say("failed before")
    elif selection == MISSING and before.basis.options != request.options():
        yield from differences(
            before.basis, before.basis.model_copy(update={"options": request.options()})
        )
    elif selection == CHANGED:
        yield from differences(before.basis, read_basis(district.url, request.options()))
