"""Which column holds what: by its title, by what is in it, and by arithmetic.

A name alone does not tell people who must hold a card from people recorded: ``JML_WKTP`` is the one
in a layer of the ministry and the other in an export of SIAK. What was recorded and what is left
must add up to the whole, and nothing recorded can exceed it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from numpy.typing import NDArray

from planner.i18n.messages import Message, say
from planner.intake.cells import parse_code, parse_decimal
from planner.intake.header import Header
from planner.intake.titles import Meaning, Role, meaning_of

Numbers = NDArray[np.float64]

AGREEING = 0.9
"""Share of the rows in which a sum must hold to be taken for the meaning of columns."""

MOSTLY_RECORDED = 0.92
"""Median share of a total from which it can only be people recorded, not people of 17 and over."""

_SAMPLE = 2000


@dataclass(slots=True)
class Columns:
    """The columns of a table of counts, by what they hold.

    Attributes
    ----------
    by_role
        Position of each.
    sexes
        Positions for men and women, where a role is not counted for both together.
    undecided
        Why nothing was decided; None where all is clear.
    reasons
        How a role was found where its title does not say so.
    """

    by_role: dict[Role, int] = field(default_factory=dict)
    sexes: dict[Role, tuple[int, int]] = field(default_factory=dict)
    undecided: Message | None = None
    candidates: tuple[int, ...] = ()
    reasons: list[Message] = field(default_factory=list)

    def has(self, role: Role) -> bool:
        """Whether people of a role can be read, together or by sex."""
        return role in self.by_role or role in self.sexes

    @property
    def has_people(self) -> bool:
        """Whether any people are counted."""
        return any(map(self.has, (Role.ELIGIBLE, Role.RECORDED, Role.UNRECORDED)))


def find_columns(
    header: Header, body: Sequence[Sequence[object]], told: Mapping[int, Role]
) -> Columns:
    """What each column of a table holds.

    Parameters
    ----------
    body
        Rows below the header; the first of them are looked at.
    told
        Roles that a person has decided, by position.
    """
    meanings = {
        position: Meaning(role=told[position]) if position in told else meaning_of(title)
        for position, title in enumerate(header.titles)
    }
    columns = Columns()
    sample = body[:_SAMPLE]
    _find_units(columns, meanings, sample)
    values = {
        position: _numbers(sample, position)
        for position, meaning in meanings.items()
        if meaning.names_people or meaning.role is Role.TOTAL
    }
    _find_people(columns, meanings, values, header.titles, frozenset(told))
    return columns


def _numbers(rows: Sequence[Sequence[object]], position: int) -> Numbers:
    cells = (parse_decimal(row[position]) if position < len(row) else None for row in rows)
    return np.array([np.nan if cell is None else cell for cell in cells], dtype=float)


def _find_units(
    columns: Columns, meanings: Mapping[int, Meaning], rows: Sequence[Sequence[object]]
) -> None:
    """Columns that say where people live, and when they were counted."""
    for position, meaning in meanings.items():
        role = meaning.role
        if role is Role.CODE:
            best = columns.by_role.get(role)
            if best is None or _depth(rows, position) > _depth(rows, best):
                columns.by_role[role] = position
        elif not (meaning.names_people or role in {Role.TOTAL, Role.IGNORED, Role.UNKNOWN}):
            columns.by_role.setdefault(role, position)


def _depth(rows: Sequence[Sequence[object]], position: int) -> int:
    codes = (parse_code(row[position]) for row in rows[:200] if position < len(row))
    return max((len(code) for code in codes if isinstance(code, str)), default=0)


def _find_people(
    columns: Columns,
    meanings: Mapping[int, Meaning],
    values: Mapping[int, Numbers],
    titles: Sequence[str],
    told: frozenset[int],
) -> None:
    whole = {
        role: [p for p in values if meanings[p].role is role and not meanings[p].sex]
        for role in (Role.ELIGIBLE, Role.RECORDED, Role.UNRECORDED, Role.TOTAL)
    }
    for role in whole:
        pair = [
            next((p for p in values if meanings[p].role is role and meanings[p].sex == sex), None)
            for sex in "LP"
        ]
        if pair[0] is not None and pair[1] is not None:
            columns.sexes[role] = (pair[0], pair[1])
    if any(meanings[position].role in whole for position in told):
        for role, positions in whole.items():
            decided = [position for position in positions if position in told]
            if decided:
                whole[role] = decided
                columns.by_role[role] = decided[0]
    _choose(columns, meanings, values, whole, titles, told)


def _choose(
    columns: Columns,
    meanings: Mapping[int, Meaning],
    values: Mapping[int, Numbers],
    whole: Mapping[Role, list[int]],
    titles: Sequence[str],
    told: frozenset[int],
) -> None:
    weak = [p for p in whole[Role.ELIGIBLE] if meanings[p].is_weak and p not in told]
    eligible = [*whole[Role.ELIGIBLE], *(p for p in whole[Role.TOTAL] if p not in told)]
    recorded = [*whole[Role.RECORDED], *weak]
    proofs = [
        (w, r, u)
        for w, r, u in product(eligible, recorded, whole[Role.UNRECORDED])
        if w != r and _adds_up(values[w], values[r], values[u])
    ]
    left = _distinct([u for _, _, u in proofs], values) or _distinct(
        [u for u in whole[Role.UNRECORDED] if not meanings[u].is_weak or not proofs], values
    )
    if len(left) > 1:
        columns.undecided = say("several columns may be people unrecorded")
        columns.candidates = tuple(left)
        return
    if left:
        columns.by_role[Role.UNRECORDED] = left[0]
        proofs = [proof for proof in proofs if proof[2] == left[0]]
    pairs = [(w, r) for w, r, _ in proofs] or list(
        _pairs(columns, meanings, values, eligible, recorded, has_left=bool(left))
    )
    pairs = _distinct_pairs(pairs, values)
    if len(pairs) == 1 or (pairs and (left or proofs)):
        w, r = pairs[0]
        columns.by_role[Role.ELIGIBLE], columns.by_role[Role.RECORDED] = w, r
        if meanings[w].role is not Role.ELIGIBLE or meanings[r].role is not Role.RECORDED:
            columns.reasons.append(
                say(
                    "'{whole}' is wajib KTP and '{part}' is recorded, as the sums show",
                    whole=titles[w],
                    part=titles[r],
                )
            )
    elif len(pairs) > 1:
        columns.undecided = say("the sums allow several meanings of these columns")
        columns.candidates = tuple(dict.fromkeys(p for pair in pairs for p in pair))
    else:
        _take_alone(columns, whole, weak, meanings, has_left=bool(left))


def _take_alone(
    columns: Columns,
    whole: Mapping[Role, list[int]],
    weak: Sequence[int],
    meanings: Mapping[int, Meaning],
    *,
    has_left: bool,
) -> None:
    """Columns of a file that has only some of the three; the others may be in another file."""
    if whole[Role.RECORDED]:
        columns.by_role.setdefault(Role.RECORDED, whole[Role.RECORDED][0])
    strong = [p for p in whole[Role.ELIGIBLE] if p not in weak]
    if strong:
        columns.by_role.setdefault(Role.ELIGIBLE, strong[0])
    elif weak and not has_left and not columns.has(Role.UNRECORDED):
        if whole[Role.TOTAL] and not columns.has(Role.RECORDED):
            columns.undecided = say("it may be people of 17 and over, or people recorded")
            columns.candidates = tuple(weak)
        elif not whole[Role.RECORDED]:
            columns.by_role.setdefault(Role.ELIGIBLE, weak[0])


def _pairs(
    columns: Columns,
    meanings: Mapping[int, Meaning],
    values: Mapping[int, Numbers],
    eligible: Sequence[int],
    recorded: Sequence[int],
    *,
    has_left: bool,
) -> Iterator[tuple[int, int]]:
    """Columns of which one is never more than the other, those that say so by name first."""
    if has_left or columns.has(Role.UNRECORDED):
        by_name = [
            p for p in eligible if meanings[p].role is Role.ELIGIBLE and not meanings[p].is_weak
        ]
        named = [p for p in recorded if meanings[p].role is Role.RECORDED]
        yield from product(by_name[:1], named[:1])
        return
    strong = [
        (w, r)
        for w, r in product(eligible, recorded)
        if w != r and meanings[w].role is Role.ELIGIBLE and meanings[r].role is Role.RECORDED
    ]
    sure = [(w, r) for w, r in strong if not meanings[w].is_weak]
    if sure:
        yield from sure
        return
    totals = [p for p in eligible if meanings[p].role is Role.TOTAL]
    for w, r in strong:
        if _is_within(values[w], values[r]) and not any(
            _share(values[total], values[w]) >= MOSTLY_RECORDED for total in totals
        ):
            yield w, r
    for total in totals:
        for part in recorded:
            if _is_within(values[total], values[part]) and (
                _share(values[total], values[part]) >= MOSTLY_RECORDED
            ):
                yield total, part


def _adds_up(whole: Numbers, recorded: Numbers, left: Numbers) -> bool:
    present = ~(np.isnan(whole) | np.isnan(recorded) | np.isnan(left))
    if not present.any() or not (left[present] > 0).any():
        return False
    return float(np.mean((whole == recorded + left)[present])) >= AGREEING


def _is_within(whole: Numbers, part: Numbers) -> bool:
    present = ~(np.isnan(whole) | np.isnan(part))
    return bool(present.any()) and float(np.mean((part <= whole)[present])) >= AGREEING


def _share(whole: Numbers, part: Numbers) -> float:
    present = (whole > 0) & ~np.isnan(part)
    return float(np.median(part[present] / whole[present])) if present.any() else 0.0


def _distinct(positions: Sequence[int], values: Mapping[int, Numbers]) -> list[int]:
    """Columns, of equal ones the first."""
    kept: list[int] = []
    for position in dict.fromkeys(positions):
        if not any(np.array_equal(values[position], values[k], equal_nan=True) for k in kept):
            kept.append(position)
    return kept


def _distinct_pairs(
    pairs: Sequence[tuple[int, int]], values: Mapping[int, Numbers]
) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for w, r in dict.fromkeys(pairs):
        left = values[w] - values[r]
        if not any(np.array_equal(left, values[k] - values[m], equal_nan=True) for k, m in kept):
            kept.append((w, r))
    return kept
