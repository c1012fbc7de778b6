"""New keys for old: nothing is lost, whenever it stops."""

from pathlib import Path

import pytest

from bedside.accounts import actions, models
from bedside.accounts.models import Credential
from bedside.lib.sealing import Keyring
from bedside.testing import make_channel

pytestmark = pytest.mark.django_db
SECRETS = {"token": "invented"}


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A keys file of this test alone."""
    ring = Keyring(tmp_path / "keys")
    monkeypatch.setattr(models, "keyring", ring)
    monkeypatch.setattr(actions, "keyring", ring)
    return tmp_path / "keys"


def test_old_keys_go_and_every_credential_still_opens(keys: Path) -> None:
    channels = [make_channel(secrets=SECRETS) for _ in range(3)]
    before = keys.read_text()
    assert actions.rotate_keys() == actions.Rotation(sealed_again=3, unreadable=0)
    assert len(keys.read_text().split()) == 1 and keys.read_text() != before
    assert [Credential.objects.get(channel=channel).secrets for channel in channels] == [SECRETS] * 3


def test_rotating_twice_is_harmless(keys: Path) -> None:
    channel = make_channel(secrets=SECRETS)
    actions.rotate_keys()
    actions.rotate_keys()
    assert Credential.objects.get(channel=channel).secrets == SECRETS


def test_crash_in_between_loses_nothing(keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    channels = [make_channel(secrets=SECRETS) for _ in range(2)]
    keep, calls = Credential.keep, []

    def keep_once(self: Credential, *args: object, **kwargs: object) -> None:
        calls.append(1)
        if len(calls) > 1:
            raise KeyboardInterrupt
        keep(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Credential, "keep", keep_once)
    with pytest.raises(KeyboardInterrupt):
        actions.rotate_keys()
    assert [Credential.objects.get(channel=channel).secrets for channel in channels] == [SECRETS] * 2
    monkeypatch.setattr(Credential, "keep", keep)
    assert actions.rotate_keys().sealed_again == 2
    assert [Credential.objects.get(channel=channel).secrets for channel in channels] == [SECRETS] * 2


def test_credential_that_no_key_opens_is_counted_and_left(keys: Path) -> None:
    channel = make_channel(secrets=SECRETS)
    Credential.objects.filter(channel=channel).update(sealed=Keyring(keys.with_name("lost")).seal("channel", SECRETS))
    assert actions.rotate_keys() == actions.Rotation(sealed_again=0, unreadable=1)


def test_running_process_reads_the_keys_again(keys: Path) -> None:
    running = Keyring(keys)
    sealed = running.seal("channel 1", SECRETS)
    other = Keyring(keys)
    other.add_key()
    assert running.open("channel 1", sealed) == SECRETS
    resealed = other.seal("channel 1", SECRETS)
    other.drop_old_keys()
    assert running.open("channel 1", resealed) == SECRETS
