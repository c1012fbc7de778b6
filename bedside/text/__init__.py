"""Triage of one text: its language, mood, subject and dangers, explained by spans. Pure: knows no database and no web."""

from bedside.text.assess import assess
from bedside.text.assessment import Assessment, Intent, Sentiment, Span, Urgency

__all__ = ["Assessment", "Intent", "Sentiment", "Span", "Urgency", "assess"]
