"""Who works here, for which clinic, and through which channels the clinic is reached.

Retention: members and practitioners stay as long as the organisation; credentials go with their channel.
"""

from __future__ import annotations

import logging
import secrets as random
from base64 import b64encode
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from bedside.accounts.roles import RIGHTS, Right, Role
from bedside.connectors import registry
from bedside.connectors.base import Manifest, Session
from bedside.connectors.errors import AuthExpired
from bedside.lib.opening import WEEKDAYS
from bedside.lib.sealing import Keyring
from bedside.lib.tenant import TenantQuerySet

logger = logging.getLogger(__name__)
keyring = Keyring(settings.KEYS_FILE)
DISCONNECTED = gettext_noop("This channel is disconnected. Connect it again.")


class Profile(models.TextChoices):
    """The jurisdiction whose rules a location follows."""

    US_HIPAA = "us-hipaa", _("United States (HIPAA), the strictest")
    EU = "eu", _("European Union")
    DE = "de", _("Germany")
    AT = "at", _("Austria")
    CH = "ch", _("Switzerland")
    FR = "fr", _("France")
    IT = "it", _("Italy")
    ES = "es", _("Spain")


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create a person who signs in with this address; without a password they cannot until they choose one."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in. What they may do is said by their Member rows."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=7, choices=settings.LANGUAGES, default="en")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    workplaces: tuple[Member, ...] = ()  # the first two, the oldest first; set by accounts.backend for who is signed in

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name or f"user {self.pk}"

    @property
    def initials(self) -> str:
        """Two letters for the face: those of the first and the last word, or the first two."""
        words = [word for word in self.name.split() if word[0].isalpha() and not word.endswith(".")] or [self.email]
        return (words[0][0] + words[-1][0] if len(words) > 1 else words[0][:2]).upper()


class Organisation(models.Model):
    """The tenant: one practice, a clinic group, or an agency's client."""

    name = models.CharField(max_length=120)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


def weekdays() -> dict[str, Any]:
    """Return the hours a new location begins with."""
    return dict(WEEKDAYS)


class Location(models.Model):
    """One clinic or site, with its own hours, language and rules."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="locations")
    name = models.CharField(max_length=120)
    country = models.CharField(max_length=2, help_text=_("Two letters, such as CH."))
    language = models.CharField(max_length=7, default="en")
    time_zone = models.CharField(max_length=40, default="UTC")
    profile = models.CharField(max_length=10, choices=Profile, default=Profile.US_HIPAA)
    # Of the profile, where the clinic chose otherwise. The default is in the database too: older code adds locations without.
    options = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    hours = models.JSONField(default=weekdays)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    address = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[TenantQuerySet[Location]] = TenantQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="location_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def contacts(self) -> tuple[str, ...]:
        """What the clinic publishes about itself; a reply may name it."""
        return tuple(filter(None, (self.phone, self.email, self.website, self.address)))

    @property
    def rules(self) -> dict[str, Any]:
        """The fields of `guard.Context` that a location decides: its profile, and where it chose otherwise."""
        return {"profile": self.profile, "options": self.options}


class Practitioner(models.Model):
    """A named clinician who may be the subject of a review."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="practitioners")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="practitioners")
    name = models.CharField(max_length=120)

    objects: ClassVar[TenantQuerySet[Practitioner]] = TenantQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["location", "name"], name="practitioner_name_once")]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """A person with a role in one organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[TenantQuerySet[Member]] = TenantQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="member_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="member_role_known"),
        ]

    def __str__(self) -> str:
        return str(self.user)

    def can(self, right: Right | str) -> bool:
        """Return whether this member's role holds the right."""
        return self.is_active and Right(right) in RIGHTS[Role(self.role)]


class ChannelState(models.TextChoices):
    CONNECTED = "connected", _("Connected")
    PAUSED = "paused", _("Paused")
    EXPIRED = "expired", _("Reconnect needed")


def new_token() -> str:
    """Return 32 random letters for a webhook address."""
    return random.token_urlsafe(24)


def new_webhook_secret() -> str:
    """Return a secret to sign pushes with, as Standard Webhooks writes it: whsec_ and 24 random bytes in base64."""
    return f"whsec_{b64encode(random.token_bytes(24)).decode()}"


class Channel(models.Model):
    """One page, listing, profile or mailbox of a location on one platform."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="channels")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="channels")
    platform = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    external_id = models.CharField(max_length=200)
    url = models.URLField(blank=True)
    state = models.CharField(max_length=10, choices=ChannelState, default=ChannelState.CONNECTED)
    token = models.CharField(max_length=40, unique=True, default=new_token)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[TenantQuerySet[Channel]] = TenantQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "platform", "external_id"], name="channel_once"),
            models.CheckConstraint(condition=models.Q(state__in=ChannelState.values), name="channel_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.manifest.name}, {self.location.name}"

    @property
    def manifest(self) -> Manifest:
        return registry.get(self.platform).manifest

    @property
    def has_credential(self) -> bool:
        """Whether there are secrets to connect with; a disconnected channel has none."""
        return hasattr(self, "credential")

    def expire(self) -> None:
        """Note that the platform no longer lets us in. Nothing is fetched or sent until a person reconnects."""
        connected = Channel.objects.filter(pk=self.pk, state=ChannelState.CONNECTED)
        if connected.update(state=ChannelState.EXPIRED):
            logger.warning("channel %s has to be reconnected", self.pk)

    def connect(self) -> Session:
        """Open the way to the platform with this channel's own secrets."""
        if not self.has_credential:
            raise AuthExpired(DISCONNECTED)
        return registry.get(self.platform).connect(self.credential.secrets)


class Credential(models.Model):
    """The sealed secrets of a channel. They leave this row only to open a session."""

    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, related_name="credential")
    sealed = models.TextField(editable=False)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"credential of channel {self.channel_id}"

    @property
    def secrets(self) -> dict[str, str]:
        return keyring.open(self._context, self.sealed)

    def keep(self, secrets: dict[str, str], *, now: datetime) -> None:
        """Seal and save these secrets, with the newest key."""
        self.sealed, self.changed_at = keyring.seal(self._context, secrets), now
        self.save()

    @property
    def _context(self) -> str:
        return f"channel {self.channel_id}"


class ApiKeyQuerySet(TenantQuerySet["ApiKey"]):
    def living(self) -> ApiKeyQuerySet:
        return self.filter(ended_at__isnull=True)


class ApiKey(models.Model):
    """With what a program of the organisation's speaks to /api/v1. Only a hash is kept: the key itself is shown once.

    Retention: ended keys stay, so that the log can name them.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="api_keys")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the key, which is random: no salt is needed
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    used_on = models.DateField(null=True)  # the day is enough to see which key nobody uses
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[ApiKeyQuerySet] = ApiKeyQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"key {self.pk}"
