"""What a clinic may choose where sources disagree."""

from bedside.guard.verdict import Context


def option(context: Context, name: str) -> str:
    """Return what the clinic chose for an option; "" when it chose nothing."""
    return context.options.get(name, "")
