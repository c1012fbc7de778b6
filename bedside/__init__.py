"""Bedside: the desk from which a clinic listens, answers and publishes online, and never gives a patient away."""

__version__ = "0.1.0"
