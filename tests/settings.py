"""Bedside's settings for tests: never the real data directory, and passwords that are quick to hash."""

import atexit
import os
import shutil
import tempfile

os.environ["BEDSIDE_HOME"] = tempfile.mkdtemp(prefix="bedside-test-")
atexit.register(shutil.rmtree, os.environ["BEDSIDE_HOME"], ignore_errors=True)
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in the thread of the test

from bedside.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
