"""Writes versions of the plan of a week, and papers drawn from them, whole or not at all.

A version is written into a folder that the index does not name yet; naming it is one step, the
replacement of ``index.json``. Then the usual places follow. Where a run is killed before that step,
the week is the old one, and the next run takes away what it left; after it, the week is the new
one, and the next run lets the usual places follow.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress

from planner.district import District
from planner.errors import InputError, MissingPlanError, input_error, reason
from planner.i18n.messages import Message, say
from planner.plan import Plan
from planner.store.atomic import (
    explaining_write_errors,
    move,
    remove,
    sync_folder,
    write_durably,
    write_folder,
)
from planner.store.old_folder import adopt_old_folder
from planner.store.plan_folder import INDEX, WRITER, Entry, Index, PlanFolder
from planner.store.version import (
    MANIFEST,
    PLAN,
    PLANS,
    History,
    Version,
    read_folder,
    with_history,
)
from planner.store.week_lock import PATIENCE_S, week_lock
from planner.store.working_copy import PATTERNS, WorkingCopy

COMMANDS = {
    "maps": "planner map",
    "prints": "planner print",
    "public": "planner publish",
    "office": "planner publish",
}
"""What writes papers of each kind."""

NEW = "new"
"""A file in ``versions/WEEK`` that is not whole yet."""

Files = Mapping[str, bytes]

Papers = Mapping[str, Files]
"""Files by their names, by kind: a key of `PATTERNS`."""


def _ignore(message: Message) -> None:
    """Nobody hears it."""


@contextmanager
def write_week(
    district: District,
    week: str,
    command: str,
    notice: Callable[[Message], None] = _ignore,
    patience_s: float = PATIENCE_S,
) -> Iterator["WeekWriter"]:
    """A writer of a week, which no other run writes at the same time.

    What a run that was killed left undone is done first.

    Parameters
    ----------
    command
        What others are told is being done.
    notice
        Hears what a person should know.
    patience_s
        Seconds to wait for another run.

    Raises
    ------
    InputError
        Where another run writes for longer, or the folder cannot be written to.
    """
    folder = PlanFolder.of_week(district.folder, week)
    with (
        explaining_write_errors(folder.path),
        week_lock(folder, district.office, command, notice, patience_s),
    ):
        writer = WeekWriter(district, folder, notice)
        try:
            yield writer
        except BaseException:  # Ctrl-C too: what is not in force must not stay.
            with suppress(OSError, InputError):
                writer.sweep()
            raise


def settle_week(district: District, week: str) -> None:
    """Do what a run that was killed left undone, if this can be done at once."""
    folder = PlanFolder.of_week(district.folder, week)
    if not folder.is_settled():
        with suppress(InputError), write_week(district, week, "settle", patience_s=0.0):
            pass


class WeekWriter:
    """What `write_week` gives."""

    def __init__(
        self, district: District, folder: PlanFolder, notice: Callable[[Message], None]
    ) -> None:
        self._district, self._folder, self._notice = district, folder, notice
        index = folder.read_index()
        self._entries = () if index is None else index.versions
        if index is not None and not index.checked_out:
            self._switch(index.versions, PATTERNS)
            return
        self.sweep()
        if index is None and folder.current is not None:
            self._switch(adopt_old_folder(folder, folder.current), ())

    @property
    def current(self) -> Version | None:
        """The version in force."""
        return self._folder.current

    def add_version(
        self,
        files: Files,
        *,
        because: str,
        planned_on: int | None,
        instead_of: tuple[Plan, bytes | None] | None = None,
        papers: Papers | None = None,
    ) -> None:
        """Write a version of the plan, which is then in force.

        Where the same command has written the same version just before, that one stays.

        Parameters
        ----------
        files
            Of the plan, with its manifest.
        because
            The command that wrote it.
        planned_on
            Number of the version in force when planning began; None = there was none.
        instead_of
            The plan that this one was made of, with what had changed on the day itself; it must
            still be in force. None = the plan follows from the tables, whatever is in force.
        papers
            Drawn with it.

        Raises
        ------
        InputError
            Where another version has come between.
        """
        current = self.current
        if (
            current is not None
            and current.history.because == because
            and current.says_the_same(files)
        ):
            self._switch(self._entries, PATTERNS)
            return
        history = History(because=because, planned_on=planned_on)
        if current is not None:
            if instead_of is None:
                self._check_replaceable(current, planned_on)
            elif (current.read_result().plan, current.read_changed()) != instead_of:
                raise self._overtaken(current)
            history = self._history_of(current).next(because, planned_on)
        path = self._folder.versions_path / str(history.version)
        write_folder(path, {**files, MANIFEST: with_history(files[MANIFEST], history)})
        for kind, drawn in (papers or {}).items():
            write_folder(path / kind, drawn)
        entry = Entry(number=history.version, papers={kind: kind for kind in papers or {}})
        self._switch(_thin((*self._entries, entry), self._district.keep_versions), PATTERNS)
        if current is not None:
            self._tell_papers_gone(current, papers or {})

    def _tell_papers_gone(self, replaced: Version, papers: Papers) -> None:
        """Name the papers that were taken out of the usual places, and what writes them again."""
        gone = [kind for kind in COMMANDS if kind in replaced.papers and kind not in papers]
        if gone:
            self._notice(
                say(
                    "{folders}: papers of version {number} no longer hold and are taken away;"
                    " {commands} writes them again",
                    folders=", ".join(f"{kind}/{self._folder.week}" for kind in gone),
                    number=replaced.number,
                    commands=", ".join(dict.fromkeys(COMMANDS[kind] for kind in gone)),
                )
            )

    def add_papers(self, plan: Plan, papers: Papers, *, is_published: bool = False) -> None:
        """Write papers drawn from the plan in force, in place of others of their kinds.

        Parameters
        ----------
        is_published
            Whether they are to be sent out.

        Raises
        ------
        MissingPlanError
            Where there is no plan.
        InputError
            Where another plan is in force by now.
        """
        current = self.current
        if current is None:
            raise MissingPlanError(self._district.folder, self._folder.week)
        if current.read_result().plan != plan:
            raise self._overtaken(current)
        *others, entry = self._entries
        new = {}
        for kind, files in papers.items():
            name = entry.papers.get(kind)
            if name is None or read_folder(current.path / name) != files:
                new[kind] = _next_name(kind, name)
                write_folder(current.path / new[kind], files)
        entry = entry.model_copy(
            update={
                "papers": entry.papers | new,
                "published": entry.published or is_published,
            }
        )
        self._switch((*others, entry), papers)

    def restore(self, number: int) -> None:
        """Make the content of a version the version in force, as a new one.

        Raises
        ------
        InputError
            Where there is no such version.
        """
        versions = {version.number: version for version in self._folder.versions}
        current = self.current
        if current is None or number not in versions:
            names = ", ".join(map(str, versions))
            raise input_error(
                f"--restore {number}",
                say("there is no such version of {week}", week=self._folder.week),
                say("use {names}", names=names) if versions else say("plan that week first"),
            )
        files = versions[number].files()
        self.add_version(
            {MANIFEST: b"{}", **files},
            because=f"plan --restore {number}",
            planned_on=current.number,
            instead_of=(current.read_result().plan, current.read_changed()),
        )

    def _check_replaceable(self, current: Version, planned_on: int | None) -> None:
        """Nothing, where a plan made of the tables alone may take the place of the one in force."""
        number, because = current.number, current.history.because
        if number == planned_on:
            return
        if current.has_changes:
            raise self._overtaken(current)
        self._notice(
            say(
                "{week}: version {number} ({because}) was written in the meantime; it is kept, and"
                " this plan takes its place",
                week=self._folder.week,
                number=number,
                because=because,
            )
        )

    def _overtaken(self, current: Version) -> InputError:
        return input_error(
            say("plan of {week}", week=self._folder.week),
            say(
                "version {number} ({because}) was written in the meantime",
                number=current.number,
                because=current.history.because,
            ),
            say("run the command again, now from that version"),
        )

    def _history_of(self, version: Version) -> History:
        """Its history; the number is that of the index, whatever a manifest says."""
        return version.history.model_copy(update={"version": version.number})

    def _switch(self, entries: tuple[Entry, ...], kinds: Collection[str]) -> None:
        """Make an index hold, and then let the usual places of some kinds follow."""
        index = Index(versions=entries, checked_out=False)
        self._write_index(index)
        self._entries = entries
        try:
            self._working_copy(kinds).check_out(self._folder.versions_path / NEW)
        except OSError as error:
            raise input_error(
                str(error.filename or self._folder.path),
                say(
                    "cannot be replaced ({reason}), though version {number} is in force by now",
                    reason=reason(error),
                    number=entries[-1].number,
                ),
                say("close it in other programs, then repeat the command"),
            ) from error
        self.sweep()
        self._write_index(index.model_copy(update={"checked_out": True}))

    def _working_copy(self, kinds: Collection[str]) -> WorkingCopy:
        """What the usual places of some kinds should show."""
        *earlier, current = self._folder.versions
        sources, copy = {PLANS: current.path, **current.papers}, WorkingCopy()
        for kind in kinds:
            place = self._district.folder / kind / self._folder.week
            copy.add_kind(place, kind, sources.get(kind))
        if PLANS in kinds:
            plans = {
                number: path / PLAN
                for number, path in self._folder.numbered().items()
                if number < current.number and (path / PLAN).exists()
            }
            copy.add_earlier(self._folder.path, plans, {version.number for version in earlier})
        return copy

    def _write_index(self, index: Index) -> None:
        new = self._folder.versions_path / NEW
        write_durably(new, (index.model_dump_json(indent=1) + "\n").encode())
        move(new, self._folder.versions_path / INDEX)
        sync_folder(self._folder.versions_path)

    def sweep(self) -> None:
        """Take away what the index does not name."""
        for path in self._folder.leftovers():
            if path.name != WRITER:
                remove(path)


def _thin(entries: tuple[Entry, ...], keep: int) -> tuple[Entry, ...]:
    """Entries without the oldest that are too many; published ones and the last stay."""
    old = [entry.number for entry in entries[:-1] if not entry.published]
    gone = set(old[: max(0, len(entries) - keep)])
    return tuple(entry for entry in entries if entry.number not in gone)


def _next_name(kind: str, name: str | None) -> str:
    """A folder of papers that is not in use: ``maps``, then ``maps-2``."""
    if name is None:
        return kind
    _, _, number = name.partition("-")
    return f"{kind}-{int(number or 1) + 1}"
