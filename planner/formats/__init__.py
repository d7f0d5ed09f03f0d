"""The bare files of instances and plans: read strictly, written alike."""

from collections.abc import Mapping
from typing import Any

from planner.formats.changed import (
    ChangedFile,
    StoppedVanRow,
    changed_bytes,
    read_diversions,
    stopped_vans,
    with_changes,
)
from planner.formats.instance import (
    InstanceFile,
    SharedInstanceFile,
    instance_files,
    read_instance,
)
from planner.formats.plan import PlanFile, plan_bytes, read_result

__all__ = [
    "StoppedVanRow",
    "changed_bytes",
    "instance_files",
    "json_schemas",
    "plan_bytes",
    "read_diversions",
    "read_instance",
    "read_result",
    "stopped_vans",
    "with_changes",
]


def json_schemas() -> Mapping[str, Mapping[str, Any]]:
    """JSON Schema of each format, by file name."""
    return {
        "planner-instance-1.schema.json": InstanceFile.model_json_schema(),
        "planner-instance-2.schema.json": SharedInstanceFile.model_json_schema(),
        "planner-plan-1.schema.json": PlanFile.model_json_schema(),
        "planner-changed-1.schema.json": ChangedFile.model_json_schema(),
    }
