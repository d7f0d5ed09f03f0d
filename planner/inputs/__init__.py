"""Reads what an office keeps in its district folder; the only part that reads users' files."""

from planner.inputs.read import read_district
from planner.inputs.settings_file import read_toml
from planner.inputs.templates import write_templates

__all__ = ["read_district", "read_toml", "write_templates"]
