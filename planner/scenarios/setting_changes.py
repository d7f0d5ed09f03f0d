"""Changes of settings, for which the district is read again."""

from dataclasses import dataclass, replace
from typing import Self

from planner.horizon import service_dates
from planner.i18n.messages import say
from planner.inputs.overrides import setting_key, setting_value
from planner.scenarios.change import Change, Phase, register
from planner.scenarios.variant import Variant


@register(
    "set",
    say("KEY=VALUE"),
    say("Any setting of planner.toml."),
    examples=("walk_m=600", "rates.turnout.school=0.7"),
    phase=Phase.SETTINGS,
)
@dataclass(frozen=True, kw_only=True)
class ChangeSetting(Change):
    """Another value of a setting, `key` being its whole name."""

    key: str
    value: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """``walk_m=600``; the last part of a name is enough."""
        key, _, value = text.partition("=")
        return cls(key=setting_key(key), value=value.strip())

    @property
    def text(self) -> str:
        """The value behind its key."""
        return f"{self.key}={self.value}"

    def apply(self, variant: Variant) -> Variant:
        """The office's service days may be others by it."""
        value = setting_value(variant.district.settings, self.key, self.value)
        variant = variant.with_setting(self.key, value)
        return replace(
            variant, dates=service_dates(variant.week, variant.district.office.service_days)
        )

    def replaces(self, earlier: Self) -> bool:
        """Another value of the same setting."""
        return self.key == earlier.key
