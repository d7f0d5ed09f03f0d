"""Tables as LibreOffice shows them."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def office_program() -> str:
    """LibreOffice; where it is missing, the test is skipped."""
    program = shutil.which("soffice")
    if program is None or shutil.which("pdftotext") is None:
        reason = "no LibreOffice or no poppler on this machine; install both to test workbooks"
        if os.environ.get("PLANNER_REQUIRE_OFFICE") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return program


def convert(source: Path, target: str, *options: str) -> Path:
    """The file that LibreOffice makes of another; where it is missing, the test is skipped.

    Parameters
    ----------
    target
        Ending of its name: ``pdf`` or ``xlsx``.
    """
    program, folder = office_program(), source.parent / "converted"
    profile = (source.parent / "profile").as_uri()
    subprocess.run(
        [
            *(program, f"-env:UserInstallation={profile}", "--headless", *options),
            *("--convert-to", target, "--outdir", str(folder), str(source)),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder / f"{source.stem}.{target}"
