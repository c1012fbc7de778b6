"""Platforms as plain Python behind small typed protocols. They know neither Django nor each other."""
