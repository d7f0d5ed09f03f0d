"""What became of all districts together: tables, a workbook, a map, and all plans in one file."""

import json
import posixpath
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from os.path import relpath
from pathlib import Path
from typing import Any

import fsspec
import geopandas
from shapely.geometry import shape

from planner.batch.job_outcome import JobOutcome
from planner.i18n.words import Words
from planner.intake.ministry_layer import Baseline, read_baselines
from planner.render.country_page import (
    DistrictRow,
    build_country_csv,
    build_country_xlsx,
    draw_country,
)
from planner.store.atomic import write_files

FIGURES = ("lat", "lon", "left_before", "left", "people", "people_bound", "vans", "gap", "finish")
"""Taken from the figures of an outcome as they are, where it has them."""


def save_rollup(
    outcomes: Sequence[JobOutcome], results: Path, words: Words, baseline: Path | None = None
) -> tuple[Path, ...]:
    """The tables, workbook and page beside a results file, and all plans in a GeoPackage.

    Parameters
    ----------
    baseline
        The ministry's layer of districts, to be beside our own numbers; None = without.
    """
    counted = {} if baseline is None else read_baselines(baseline)
    folder, stem = results.parent, results.stem
    rows = [_row(outcome, counted, folder) for outcome in outcomes]
    title = f"{stem} · {outcomes[0].week}"
    files = {
        f"{stem}.csv": build_country_csv(rows, words),
        f"{stem}.xlsx": build_country_xlsx(rows, words),
        f"{stem}.html": draw_country(rows, title, words).encode(),
    }
    if plans := _geopackage(outcomes):
        files["plans.gpkg"] = plans
    write_files(folder, files)
    return tuple(folder / name for name in files)


def _row(outcome: JobOutcome, counted: Mapping[str, Baseline], folder: Path) -> DistrictRow:
    figures = outcome.figures
    code = str(figures.get("code", outcome.district))
    known = counted.get(code)
    page = figures.get("map") or figures.get("page") or ""
    return DistrictRow(
        key=outcome.district,
        name=figures.get("name", ""),
        code=code,
        state=outcome.state,
        needs_a_person=outcome.needs_a_person,
        note=outcome.messages[0] if outcome.needs_a_person and outcome.messages else "",
        map_path=_link(outcome.url, page, folder) if page else "",
        baseline=known.unrecorded if known else None,
        shape=known.shape if known else None,
        **{name: figures.get(name) for name in FIGURES},
    )


def _link(url: str, page: str, folder: Path) -> str:
    """From the page of all districts to that of one."""
    if "://" in url:
        return posixpath.join(url, page)
    try:
        return Path(relpath(Path(url) / page, folder.absolute())).as_posix()
    except ValueError:  # On Windows, on another drive.
        return (Path(url) / page).as_uri()


def _geopackage(outcomes: Sequence[JobOutcome]) -> bytes:
    """Routes and stops of all plans, a layer each; empty where there are none."""
    features = [*_features(outcomes)]
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / "plans.gpkg"
        features.sort(key=lambda each: str(each["properties"]["kind"]))
        for kind, group in groupby(features, key=lambda each: str(each["properties"]["kind"])):
            of_kind = [*group]
            frame = geopandas.GeoDataFrame(
                [each["properties"] for each in of_kind],
                geometry=[shape(each["geometry"]) for each in of_kind],
                crs="EPSG:4326",
            )
            frame.to_file(path, layer=kind.replace(" ", "_"), driver="GPKG", engine="pyogrio")
        return path.read_bytes() if path.exists() else b""


def _features(outcomes: Sequence[JobOutcome]) -> Iterator[dict[str, Any]]:
    for outcome in outcomes:
        if not (outcome.is_done and outcome.use_case == "plan"):
            continue
        files, path = fsspec.core.url_to_fs(outcome.url)
        plan = posixpath.join(path, "plans", outcome.week, "plan.geojson")
        for feature in json.loads(files.cat_file(plan))["features"]:
            properties = {"district": outcome.district, **feature["properties"]}
            yield {"geometry": feature["geometry"], "properties": properties}
