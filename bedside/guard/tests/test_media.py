import io

import pytest

Image = pytest.importorskip("PIL.Image")

from bedside.guard.media import GPS, look, strip  # noqa: E402


def make_picture() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    exif.get_ifd(GPS)[1] = "N"
    exif._ifds[GPS] = {1: "N", 2: (47.0, 3.0, 0.0)}
    kept = io.BytesIO()
    Image.new("RGB", (80, 60), "white").save(kept, "JPEG", exif=exif)
    return kept.getvalue()


def test_the_place_is_found_and_stripped() -> None:
    content = make_picture()
    assert look(content).has_metadata and look(content).has_place
    plain = look(strip(content))
    assert not plain.has_metadata and not plain.has_place


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="not a picture"):
        look(b"no picture")
