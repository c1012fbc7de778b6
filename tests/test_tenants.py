"""Tenants cannot see each other: views reach models through `.of(organisation)`, or from a row that was reached so."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

from bedside.lib.tenant import TenantQuerySet

PACKAGE = Path(__file__).resolve().parents[1] / "bedside"
MODELS = {
    model.__name__
    for config in apps.get_app_configs()
    if config.name.startswith("bedside")
    for model in config.get_models()
}
ABOVE_TENANTS = {"User", "Organisation"}  # a person and the tenant itself belong to no tenant
# A view may begin from what its request says about itself.
BEGINNINGS = {
    ("accounts/tenancy.py", "Member"): "asks which organisations the signed-in person belongs to",
    ("listening/pushes.py", "Channel"): "a webhook has no member; its secret token names the channel",
}


def views():
    return sorted(
        path
        for path in PACKAGE.rglob("*.py")
        if "views" in path.parts or path.name in {"views.py", "api.py", "tenancy.py"}
    )


def loose_queries(source):
    """Yield (line, model) where a model is asked without `.of(` or a lookup by the organisation right behind it."""
    tree = ast.parse(source)
    followed = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    calls = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Attribute) and node.attr in {"objects", "_base_manager", "_default_manager"}):
            continue
        model = node.value.id if isinstance(node.value, ast.Name) else ""
        if model not in MODELS - ABOVE_TENANTS:
            continue
        method = next((n for n in ast.walk(tree) if isinstance(n, ast.Attribute) and n.value is node), None)
        call = calls.get(id(method)) if method is not None else None
        names = {keyword.arg for keyword in call.keywords} if call else set()
        if followed.get(id(node)) != "of" and not names & {"organisation", "conversation"}:
            yield node.lineno, model


@pytest.mark.parametrize("path", views(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_view_asks_for_one_organisation(path):
    name = str(path.relative_to(PACKAGE))
    loose = [
        f"{name}:{line} {model}" for line, model in loose_queries(path.read_text()) if (name, model) not in BEGINNINGS
    ]
    assert not loose


def test_the_check_finds_a_loose_query():
    assert list(loose_queries("Conversation.objects.filter(pk=1)")) == [(1, "Conversation")]
    assert list(loose_queries("Conversation.objects.of(request.organisation).get(pk=1)")) == []


def test_get_object_or_404_is_never_given_a_bare_model():
    for path in views():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "get_object_or_404":
                first, names = node.args[0], {keyword.arg for keyword in node.keywords}
                is_bare = isinstance(first, ast.Name) and first.id in MODELS
                assert not is_bare or names & {"organisation", "conversation"}, f"{path.name}:{node.lineno}"


def test_every_model_of_a_tenant_can_be_narrowed_to_one():
    without = {
        model.__name__
        for config in apps.get_app_configs()
        if config.name.startswith("bedside")
        for model in config.get_models()
        if not isinstance(model._default_manager.all(), TenantQuerySet)
    }
    # reached only from a row of theirs: a channel's credential, an outgoing's attempts, the head of a chain
    assert without == {"User", "Organisation", "Credential", "Attempt", "AuditHead", "RawItem"}
