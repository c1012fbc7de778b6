"""Tenants cannot see each other: every query of a page starts with `.of(organisation)`.

`tests/test_tenants.py` fails when a view reaches a model any other way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from bedside.accounts.models import Organisation

Row = TypeVar("Row", bound=models.Model, covariant=True)


class TenantQuerySet(models.QuerySet[Row]):
    """Rows of many organisations; `of` leaves those of one."""

    path: ClassVar[str] = "organisation"  # how the model reaches its organisation

    def of(self, organisation: Organisation) -> Self:
        """Return only what belongs to this organisation."""
        return self.filter(**{self.path: organisation})
