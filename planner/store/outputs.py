"""What is made of a plan, in ``KIND/WEEK/`` of the district folder: maps, prints, papers."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from planner.store.atomic import write_files

PATTERNS = {
    "maps": (),
    "prints": ("sheet-*.pdf", "sheets.pdf", "sheets-changed.pdf"),
    "public": ("poster-*.png", "text-*.txt", "schedule.*"),
    "office": ("letter*.pdf", "assignment*.pdf", "route-*.gpx", "schedule.xlsx", "plan.gpkg"),
    "changes": ("message-*.txt",),
    "whatif": (),
}
"""Names of the files of each kind that are written here, and may be taken away."""


def write_outputs(
    district_folder: Path,
    kind: str,
    week: str,
    files: Mapping[str, bytes],
    stale: Iterable[str] | None = None,
) -> Path:
    """Write files of one kind; the folder that now holds them comes back.

    Parameters
    ----------
    kind
        A key of `PATTERNS`.
    stale
        Patterns of what an earlier plan left there and is taken away; None = all of the kind.
    """
    path = district_folder / kind / week
    if files:
        write_files(path, files)
    for pattern in PATTERNS[kind] if stale is None else stale:
        for old in path.glob(pattern):
            if old.name not in files:
                old.unlink()
    return path
