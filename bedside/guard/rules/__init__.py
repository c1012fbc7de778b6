"""Every rule there is, by id."""

from bedside.guard.rule import Rule
from bedside.guard.rules import (
    appointment,
    billing,
    choice,
    clinical,
    conduct,
    denial,
    identifier,
    identity,
    language,
    manners,
    post,
    record,
    relationship,
    relative,
    request,
    visit,
)

MODULES = (
    relationship,
    denial,
    visit,
    appointment,
    clinical,
    relative,
    billing,
    identity,
    record,
    conduct,
    identifier,
    manners,
    language,
    choice,
    post,
    request,
)
RULES: dict[str, Rule] = {rule.id: rule for module in MODULES for rule in module.RULES}
