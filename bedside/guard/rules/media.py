"""Rules on pictures: what they tell besides what they show, and whom they show."""

from bedside.guard.rule import Rule
from bedside.guard.sources import CADIA, HIPAA_IDENTIFIERS
from bedside.guard.verdict import Severity, TextKind

EVERYWHERE = (TextKind.REPLY, TextKind.POST, TextKind.REQUEST)
RULES = (
    Rule(
        id="media.place",
        family="media",
        severity=Severity.BLOCK,
        finds="Carries the place where it was taken.",
        blind="A place that the picture shows.",
        sources=(HIPAA_IDENTIFIERS,),
        kinds=EVERYWHERE,
        covers="5.7 EXIF/GPS",
    ),
    Rule(
        id="media.metadata",
        family="media",
        severity=Severity.WARN,
        finds="Carries hidden data: camera, time, comments, an earlier version in small.",
        blind="A watermark that nobody sees.",
        sources=(HIPAA_IDENTIFIERS,),
        kinds=EVERYWHERE,
        covers="5.7 EXIF/GPS",
    ),
    Rule(
        id="media.face",
        family="media",
        severity=Severity.BLOCK,
        finds="Shows more faces than there are consents.",
        blind="Faces in profile, covered, small or in a film; a pattern may be taken for a face.",
        sources=(CADIA, HIPAA_IDENTIFIERS),
        kinds=EVERYWHERE,
        covers="5.7 person visible, D63",
    ),
    Rule(
        id="media.unseen",
        family="media",
        severity=Severity.WARN,
        finds="Was not looked at for faces: the extra `vision` is missing, or it cannot read this kind of picture.",
        blind="Everything: a person must look.",
        sources=(CADIA,),
        kinds=EVERYWHERE,
        covers="5.7 person visible",
    ),
)
