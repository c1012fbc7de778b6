"""What is done to an installation's secrets."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from bedside.accounts.models import Credential, keyring
from bedside.lib.sealing import SealBroken

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rotation:
    """What `rotate_keys` did. An unreadable credential belongs to a channel that has to be reconnected."""

    sealed_again: int
    unreadable: int


def rotate_keys() -> Rotation:
    """Seal every credential with a new key, then forget the old keys.

    The old keys go last, so whoever stops in between loses nothing and begins again. Bedside may be running: other
    processes read the keys again when the file has changed. The last pass holds the rows until the old keys are gone.
    """
    keyring.add_key()
    numbers = list(Credential.objects.order_by("pk").values_list("pk", flat=True))
    sealed_again = sum(_seal_again(number) for number in numbers)
    with transaction.atomic():
        rest = [
            row for row in Credential.objects.select_for_update().order_by("pk") if not keyring.is_newest(row.sealed)
        ]
        late = sum(_seal(row) for row in rest)
        keyring.drop_old_keys()
    return Rotation(sealed_again + late, len(rest) - late)


def _seal_again(number: int) -> bool:
    with transaction.atomic():
        row = Credential.objects.select_for_update().filter(pk=number).first()
        return row is not None and _seal(row)


def _seal(row: Credential) -> bool:
    try:
        row.keep(row.secrets, now=timezone.now())
    except SealBroken:
        logger.warning("the credential of channel %s cannot be opened: reconnect the channel", row.channel_id)
        return False
    return True
