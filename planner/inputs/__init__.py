"""Reads what an office keeps in its district folder; the only part that reads users' files."""

from planner.inputs.marked_copy import build_marked_copy
from planner.inputs.read import read_district
from planner.inputs.settings_file import read_toml
from planner.inputs.settings_sheet import workbook_timezone
from planner.inputs.templates import write_templates
from planner.inputs.workbook_template import build_workbook_template
