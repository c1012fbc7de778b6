"""Look into a picture before it is published: hidden metadata, the place it was taken, and faces.

Pillow and OpenCV are loaded only when a picture is looked at; without the `vision` extra faces are not counted.
"""

import io
from dataclasses import dataclass
from typing import Any

GPS = 0x8825  # the EXIF directory of the place; CIPA DC-008, Exif 2.32
SMALLEST_FACE = 0.04  # of the shorter side of the picture


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture tells besides what it shows. `faces` is None when nobody looked."""

    has_metadata: bool
    has_place: bool
    faces: int | None


def look(content: bytes) -> Picture:
    """Return what a picture tells. Raises ValueError when the bytes are no picture."""
    image = _open(content)
    exif = image.getexif()
    has_metadata = bool(exif) or bool(
        image.info.get("comment") or image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
    )
    return Picture(has_metadata, bool(exif.get_ifd(GPS)), count_faces(content))


def strip(content: bytes) -> bytes:
    """Return the same picture, upright, without any metadata. Raises ValueError when the bytes are no picture."""
    from PIL import ImageOps

    image = _open(content)
    kind = image.format or "PNG"
    upright = ImageOps.exif_transpose(image)
    plain = upright.copy()
    plain.info = {}
    kept = io.BytesIO()
    plain.save(kept, format=kind, **({"quality": 95} if kind == "JPEG" else {}))
    return kept.getvalue()


def count_faces(content: bytes) -> int | None:
    """Return how many frontal faces OpenCV's own detector sees; None without the `vision` extra.

    It misses faces in profile, covered or very small, and may take a pattern for a face.
    """
    try:
        import cv2  # type: ignore[import-not-found, unused-ignore]
        import numpy
    except ImportError:
        return None
    grey = cv2.imdecode(numpy.frombuffer(content, numpy.uint8), cv2.IMREAD_GRAYSCALE)
    if grey is None:
        raise ValueError("This is not a picture we can read.")
    detector = cv2.CascadeClassifier(cv2.data.haarcascades + "haarcascade_frontalface_default.xml")
    least = max(24, int(min(grey.shape) * SMALLEST_FACE))
    return len(detector.detectMultiScale(grey, scaleFactor=1.1, minNeighbors=5, minSize=(least, least)))


def _open(content: bytes) -> Any:
    from PIL import Image, UnidentifiedImageError

    try:
        image = Image.open(io.BytesIO(content))
        image.load()
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as exc:
        raise ValueError("This is not a picture we can read.") from exc
    return image
