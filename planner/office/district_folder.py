"""District folders: a new one, the example, and what is understood of a filled one."""

from datetime import date
from importlib.resources import files
from pathlib import Path

from planner import inputs
from planner.analysis.overview import Overview
from planner.district import District
from planner.errors import input_error
from planner.horizon import build_horizon, next_week
from planner.i18n.language import DEFAULT_LANGUAGE, SUFFIX
from planner.i18n.messages import say
from planner.i18n.words import Words
from planner.office.history import open_district
from planner.office.jumps_since_plan import jumps
from planner.office.listener import SILENT, Listener
from planner.office.week_plan import now_at
from planner.store.atomic import copy_folder, remove_abandoned, write_files
from planner.store.user_cache import user_cache


def read_district(folder: Path | str) -> District:
    """Everything that the files of a district folder say.

    Raises
    ------
    InputError
        With all problems of all files.
    """
    return open_district(Path(folder))


def write_templates(folder: Path | str, language: str | None = None) -> tuple[Path, ...]:
    """The empty tables and settings written into a new folder; they explain themselves.

    Parameters
    ----------
    language
        ``id`` or ``en``; None = Indonesian, as offices work.

    Raises
    ------
    InputError
        Where any of the files exists; then nothing is written.
    """
    language = language or DEFAULT_LANGUAGE
    remove_abandoned(Path(folder))
    return inputs.write_templates(Path(folder), Words(language=language), language, write_files)


def write_workbook(path: Path | str, language: str | None = None) -> Path:
    """The workbook written, a sheet for each table and one of settings; they explain themselves.

    Parameters
    ----------
    path
        Ends in ``.xlsx``, which is added where it is missing.
    language
        ``id`` or ``en``; None = Indonesian, as offices work.

    Raises
    ------
    InputError
        Where it exists; then nothing is written.
    """
    path, language = Path(path), language or DEFAULT_LANGUAGE
    if path.suffix != SUFFIX:
        path = path.with_name(path.name + SUFFIX)
    if path.exists():
        raise input_error(str(path), say("exists already"), say("choose another name"))
    content = inputs.build_workbook_template(path.stem, Words(language=language), language)
    write_files(path.parent, {path.name: content})
    return path


def check_district(
    district: District,
    week: str | None = None,
    *,
    today: date | None = None,
    cache: Path | None = None,
    listener: Listener = SILENT,
) -> Overview:
    """What is understood of a district and one of its weeks.

    Parameters
    ----------
    week
        None = the one that comes after `today`.
    today
        None = the date at the office.
    """
    coming = next_week(today or now_at(district.office).date())
    horizon = build_horizon(
        district, week or coming, cache=cache or user_cache(), on_stage=listener.stage
    )
    return Overview(horizon, jumps=tuple(jumps(horizon)))


def example_folder() -> Path:
    """The example district, in the installed package or in the source tree; not to be changed."""
    installed = Path(str(files("planner"))) / "examples" / "kota-contoh"
    source = Path(__file__).parents[2] / "examples" / "kota-contoh"
    return installed if installed.exists() else source


def copy_example(folder: Path | str) -> Path:
    """A folder with the example district; one that exists is taken as it is."""
    folder = Path(folder)
    if not folder.exists():
        copy_folder(example_folder(), folder)
    return folder
