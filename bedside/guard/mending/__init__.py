"""Mend a text: find other words for what the rules flag, so that all suggestions together lead to a text that passes."""
