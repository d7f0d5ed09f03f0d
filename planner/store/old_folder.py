"""Folders of planners that knew no versions: the plan in force lies in ``plans/WEEK`` itself."""

from planner.store.atomic import write_folder
from planner.store.plan_folder import Entry, PlanFolder
from planner.store.version import MANIFEST, PLAN, PLANS, History, Version, with_history
from planner.store.working_copy import earlier_plans, own_files


def adopt_old_folder(folder: PlanFolder, current: Version) -> tuple[Entry, ...]:
    """Write what an older planner left as versions: old plans, the plan in force and its papers.

    Nothing that it left is changed; the versions count once an index names them.
    """
    entries = []
    listed = {row.get("file") for row in current.history.earlier}
    for number, plan in earlier_plans(folder.path).items():
        if plan.name in listed:
            manifest = with_history(b"{}", History(version=number))
            files = {PLAN: plan.read_bytes(), MANIFEST: manifest}
            write_folder(folder.versions_path / str(number), files)
            entries.append(Entry(number=number))
    papers = {
        kind: {name: path.read_bytes() for name, path in own_files(place, kind).items()}
        for kind, place in current.papers.items()
    }
    path = folder.versions_path / str(current.number)
    write_folder(path, papers.pop(PLANS))
    papers = {kind: files for kind, files in papers.items() if files}
    for kind, files in papers.items():
        write_folder(path / kind, files)
    return (*entries, Entry(number=current.number, papers={kind: kind for kind in papers}))
