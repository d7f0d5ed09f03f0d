"""Single settings, as somebody names them who would like them to be different."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from planner.errors import Mistake, suggest
from planner.i18n.messages import say
from planner.inputs.settings import Settings
from planner.inputs.settings_file import explain_setting, overlay


def setting_key(text: str) -> str:
    """The whole name of a setting, of which the last part is enough: ``rates.walk_m``.

    Raises
    ------
    Mistake
        Where there is no such setting, or several.
    """
    keys = tuple(_keys(Settings, ""))
    key = text.strip().replace("[", "").replace("]", ".").replace(" ", "")
    if key in keys or key.startswith(("roads.speeds_kmh.", "venue_types.")):
        return key
    ending = [whole for whole in keys if whole.endswith(f".{key}")]
    if len(ending) == 1:
        return ending[0]
    if several := ending or [whole for whole in keys if f".{key}." in f".{whole}"]:
        raise Mistake.of(
            text,
            say("matches several settings"),
            say("use one of: {names}", names=", ".join(several)),
        )
    names = {whole.rpartition(".")[2]: whole for whole in keys}
    raise Mistake.of(
        text, say("is not a setting"), suggest(key, [*keys, *names], say("see docs/inputs.md"))
    )


def setting_value(given: Mapping[str, Any], key: str, text: str) -> Any:
    """What a text makes of a setting.

    Parameters
    ----------
    given
        All settings of the district, as `District.settings` has them.
    key
        As `setting_key` answers it.

    Raises
    ------
    Mistake
        Where the setting cannot be that.
    """
    default = {"office.service_days": text.replace(",", " ").split()}
    value = default.get(key, text)
    try:
        Settings.model_validate(overlay(given, {key: value}))
    except ValidationError as error:
        raise Mistake(*explain_setting(error.errors()[0])) from None
    return value


def _keys(model: Any, before: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _keys(field.annotation, f"{before}{name}.")
        elif name != "venue_types":
            yield f"{before}{name}"
