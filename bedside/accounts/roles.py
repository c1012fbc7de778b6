"""Who may do what. A role is a set of rights; views ask for a right, never for a role."""

from enum import StrEnum
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Right(StrEnum):
    READ = "read"  # see conversations
    WRITE = "write"  # draft, note, assign, snooze, resolve
    APPROVE = "approve"  # be the second pair of eyes
    IMPORT = "import"  # bring in files
    MANAGE = "manage"  # locations, channels, people, rules
    AUDIT = "audit"  # read the audit log


class Role(TextChoices):
    OWNER = "owner", _("Owner")
    MANAGER = "manager", _("Manager")
    COMMUNITY_MANAGER = "community_manager", _("Community manager")
    CLINICIAN = "clinician", _("Clinician")
    COMPLIANCE_OFFICER = "compliance_officer", _("Compliance officer")
    AGENCY = "agency", _("Agency")
    CLIENT = "client", _("Client")
    AUDITOR = "auditor", _("Auditor")


RIGHTS = MappingProxyType(
    {
        Role.OWNER: frozenset(Right),
        Role.MANAGER: frozenset(Right),
        Role.COMMUNITY_MANAGER: frozenset({Right.READ, Right.WRITE, Right.IMPORT}),
        Role.CLINICIAN: frozenset({Right.READ, Right.WRITE, Right.APPROVE}),
        Role.COMPLIANCE_OFFICER: frozenset({Right.READ, Right.WRITE, Right.APPROVE, Right.AUDIT}),
        Role.AGENCY: frozenset({Right.READ, Right.WRITE, Right.IMPORT}),
        Role.CLIENT: frozenset({Right.READ, Right.APPROVE}),
        Role.AUDITOR: frozenset({Right.READ, Right.AUDIT}),
    }
)
