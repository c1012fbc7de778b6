"""Bluesky, and every other service of the AT Protocol."""
