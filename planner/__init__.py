"""Plans where mobile civil-registration vans stand, when, and for how long.

The library is what ``__init__.pyi`` imports; docs/api.md has an example of each. A name is loaded
when it is first used (Scientific Python's SPEC 1), so that the command line starts soon.
"""

import ast
from functools import cache
from importlib import import_module
from pathlib import Path

__version__ = "0.2.0"


def __getattr__(name: str) -> object:
    if name == "__all__":
        return [*_modules()]
    if name not in _modules():
        raise AttributeError(f"module 'planner' has no attribute '{name}'")
    return getattr(import_module(_modules()[name]), name)


@cache
def _modules() -> dict[str, str]:
    """The module of each public name."""
    stub = ast.parse(Path(__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    imports = (line for line in stub.body if isinstance(line, ast.ImportFrom))
    return {name.name: str(line.module) for line in imports for name in line.names}
