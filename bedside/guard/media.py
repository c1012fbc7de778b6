"""Look into a picture before it is published: hidden metadata, the place it was taken, and faces.

Pillow and OpenCV are loaded only when a picture is looked at; without the `vision` extra faces are not counted, and a
finding says so.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bedside.guard import heic
from bedside.guard.faces import count_faces
from bedside.guard.pack import LANGUAGES, wording
from bedside.guard.rules.media import RULES
from bedside.guard.verdict import Finding

GPS = 0x8825  # the EXIF directory of the place; CIPA DC-008, Exif 2.32
HIDDEN = ("exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop", "mp")  # as Pillow names what a file carries
ANIMATED = frozenset({"GIF", "WEBP", "PNG"})


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture tells besides what it shows. `faces` is None when nobody looked."""

    has_metadata: bool
    has_place: bool
    faces: int | None


def look(content: bytes) -> Picture:
    """Return what a picture tells. Raises ValueError when the bytes are no picture."""
    if heic.is_heic(content):
        has_exif, has_place = _read_exif(heic.exif_of(content))
        packet = heic.xmp_of(content)
        return Picture(has_exif or bool(packet), has_place or b"GPSLatitude" in packet, count_faces(content))
    image = _open(content)
    exif = image.getexif()
    xmp = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    has_place = bool(exif.get_ifd(GPS)) or b"GPSLatitude" in (xmp if isinstance(xmp, bytes) else xmp.encode())
    has_text = any(name not in HIDDEN for name in getattr(image, "text", {}))
    has_metadata = bool(exif) or has_text or any(image.info.get(name) for name in HIDDEN)
    return Picture(has_metadata, has_place, count_faces(content))


def check_picture(content: bytes, *, consents: int = 0, ui_language: str = "en") -> tuple[Finding, ...]:
    """Return what is wrong with publishing a picture; `consents` are the people in it who agreed.

    Raises ValueError when the bytes are no picture. `strip` mends what is hidden; a face needs a consent.
    """
    seen = set(_rules(look(content), consents))
    said = wording(ui_language if ui_language in LANGUAGES else "en")
    return tuple(
        Finding(rule.id, rule.family, rule.severity, 0, 0, "", said[rule.id].message, None, str(rule.sources[0]))
        for rule in RULES
        if rule.id in seen
    )


def _rules(picture: Picture, consents: int) -> Iterator[str]:
    if picture.has_place:
        yield "media.place"
    if picture.has_metadata:
        yield "media.metadata"
    if picture.faces is None:
        yield "media.unseen"
    elif picture.faces > consents:
        yield "media.face"


def strip(content: bytes) -> bytes:
    """Return the same picture, upright, with its colours and frames, without any metadata.

    A TIFF, which is made of tags, becomes a PNG. Raises ValueError when the bytes are no picture.
    """
    if heic.is_heic(content):
        return heic.blank(content)
    from PIL import ImageOps, ImageSequence

    image = _open(content)
    kind = {"MPO": "JPEG", "TIFF": "PNG"}.get(image.format, image.format or "PNG")
    options: dict[str, Any] = {"quality": 95} if kind in ("JPEG", "WEBP", "AVIF") else {}
    if image.info.get("icc_profile"):
        options["icc_profile"] = image.info["icc_profile"]
    frames = [image]
    if kind in ANIMATED and getattr(image, "n_frames", 1) > 1:
        frames = [frame.copy() for frame in ImageSequence.Iterator(image)]
        durations = [frame.info.get("duration", 100) for frame in frames]
        options |= {"save_all": True, "duration": durations, "loop": image.info.get("loop", 0)}
    plain = [_plain(ImageOps.exif_transpose(frame)) for frame in frames]
    if len(plain) > 1:
        options["append_images"] = plain[1:]
    kept = io.BytesIO()
    plain[0].save(kept, format=kind, **options)
    return kept.getvalue()


def _plain(image: Any) -> Any:
    transparent = image.info.get("transparency")
    image.info = {} if transparent is None else {"transparency": transparent}
    return image


def _read_exif(exif: bytes) -> tuple[bool, bool]:
    """Return whether Exif data has entries, and a place among them; what cannot be read counts as entries."""
    from PIL import Image

    read = Image.Exif()
    try:
        if exif:
            read.load(exif)
        return bool(read), bool(read.get_ifd(GPS))
    except (struct.error, SyntaxError, ValueError, OSError):
        return True, False


def _open(content: bytes) -> Any:
    from PIL import Image, UnidentifiedImageError

    try:
        image = Image.open(io.BytesIO(content))
        image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as exc:
        raise ValueError("This is not a picture we can read.") from exc
    return image
