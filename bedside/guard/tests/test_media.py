import io
import sys
from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw, ImageFilter, PngImagePlugin

from bedside.guard import Severity
from bedside.guard.media import GPS, check_picture, look, strip
from bedside.guard.pack import LANGUAGES, wording
from bedside.guard.rules.media import RULES

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>47,3N</exif:GPSLatitude></x:xmpmeta>'
MAKE = 0x010F


def make_exif(*, place: bool = True) -> Image.Exif:
    exif = Image.Exif()
    exif[MAKE] = "Camera"
    if place:
        exif._ifds[GPS] = {1: "N", 2: (47.0, 3.0, 0.0)}
    return exif


def make_picture(kind: str = "JPEG", **options: object) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (80, 60), "white").save(kept, kind, **({"exif": make_exif()} | options))
    return kept.getvalue()


def make_heic(exif: bytes = b"", xmp: bytes = b"") -> bytes:
    """Return what a HEIC file begins with, and its metadata items; there is no picture in it."""
    return b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00\x00\x00\x06" + exif + xmp + b"picture data"


def draw_face(width: int = 200, height: int = 260) -> bytes:
    """Return a drawing in grey of nobody: an oval, hair, brows, eyes, a nose, cheeks and a mouth."""
    picture = Image.new("L", (width * 2, height * 2), 120)
    draw = ImageDraw.Draw(picture)

    def oval(left: float, top: float, right: float, bottom: float, grey: int) -> None:
        x, y = width // 2, height // 2
        draw.ellipse((x + width * left, y + height * top, x + width * right, y + height * bottom), fill=grey)

    oval(-0.03, -0.12, 1.03, 0.45, 50)
    oval(0.08, 0.08, 0.92, 0.98, 200)
    for eye in (0.3, 0.7):
        oval(eye - 0.15, 0.33, eye + 0.15, 0.37, 70)
        oval(eye - 0.15, 0.36, eye + 0.15, 0.47, 110)
        oval(eye - 0.09, 0.385, eye + 0.09, 0.45, 230)
        oval(eye - 0.05, 0.38, eye + 0.05, 0.455, 60)
    oval(0.45, 0.4, 0.55, 0.62, 215)
    oval(0.42, 0.6, 0.58, 0.66, 150)
    oval(0.32, 0.74, 0.68, 0.81, 90)
    oval(0.14, 0.5, 0.36, 0.68, 215)
    oval(0.64, 0.5, 0.86, 0.68, 215)
    kept = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(4)).save(kept, "PNG")
    return kept.getvalue()


def rules(content: bytes, consents: int = 0) -> set[str]:
    return {finding.rule for finding in check_picture(content, consents=consents)}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_the_place_is_found_and_stripped(kind: str) -> None:
    content = make_picture(kind)
    assert {"media.place", "media.metadata"} <= rules(content)
    plain = look(strip(content))
    assert not plain.has_metadata and not plain.has_place


def test_a_place_in_xmp_is_found_and_stripped() -> None:
    content = make_picture("WEBP", exif=make_exif(place=False), xmp=XMP)
    assert look(content).has_place
    assert not look(strip(content)).has_place


def test_comments_are_metadata() -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "somebody")
    assert "media.metadata" in rules(make_picture("PNG", exif=b"", pnginfo=text))
    assert "media.metadata" in rules(make_picture("JPEG", exif=b"", comment=b"ward 4"))


def test_a_bare_picture_has_nothing_to_hide() -> None:
    assert not rules(make_picture("PNG", exif=b"")) & {"media.place", "media.metadata"}


def test_a_heic_keeps_its_size_and_loses_its_metadata() -> None:
    content = make_heic(b"Exif\x00\x00" + make_exif().tobytes().removeprefix(b"Exif\x00\x00"), XMP)
    assert {"media.place", "media.metadata"} <= rules(content)
    plain = strip(content)
    assert len(plain) == len(content) and plain.endswith(b"picture data")
    assert not look(plain).has_metadata and not look(plain).has_place
    assert b"Camera" not in plain and b"GPSLatitude" not in plain


def test_stripping_turns_a_picture_upright_and_keeps_its_colours() -> None:
    exif = make_exif()
    exif[0x0112] = 6  # taken with the camera on its side
    profile = b"\x00" * 128
    upright = Image.open(io.BytesIO(strip(make_picture("JPEG", exif=exif, icc_profile=profile))))
    assert upright.size == (60, 80) and upright.info["icc_profile"] == profile


def test_stripping_keeps_all_frames_of_an_animation() -> None:
    kept = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("white", "black", "red")]
    frames[0].save(kept, "WEBP", save_all=True, append_images=frames[1:], duration=[100, 200, 300], exif=make_exif())
    plain = Image.open(io.BytesIO(strip(kept.getvalue())))
    assert plain.n_frames == 3 and not look(strip(kept.getvalue())).has_metadata


def test_what_is_no_picture_is_refused() -> None:
    for content in (b"no picture", b""):
        with pytest.raises(ValueError, match="not a picture"):
            look(content)


def test_a_face_without_a_consent_blocks() -> None:
    pytest.importorskip("cv2")
    content = draw_face()
    assert look(content).faces == 1
    (finding,) = check_picture(content, ui_language="de")
    assert finding.rule == "media.face" and finding.severity is Severity.BLOCK
    assert finding.message == "Dieses Bild zeigt ein Gesicht ohne Einwilligung."
    assert not check_picture(content, consents=1)


def test_two_faces_need_two_consents() -> None:
    pytest.importorskip("cv2")
    one = Image.open(io.BytesIO(draw_face()))
    both = Image.new("L", (one.width * 2, one.height), 120)
    both.paste(one, (0, 0))
    both.paste(one, (one.width, 0))
    kept = io.BytesIO()
    both.save(kept, "PNG")
    assert look(kept.getvalue()).faces == 2
    assert "media.face" in rules(kept.getvalue(), consents=1) and not rules(kept.getvalue(), consents=2)


def test_a_picture_without_anybody_has_no_face() -> None:
    pytest.importorskip("cv2")
    assert look(make_picture("PNG")).faces == 0


def test_without_the_extra_a_person_must_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cv2", None)
    assert rules(make_picture("PNG", exif=b"")) == {"media.unseen"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_of_pictures_speaks_the_language(language: str) -> None:
    assert {rule.id for rule in RULES} <= set(wording(language))


def test_a_tiff_becomes_a_png_without_tags() -> None:
    plain = strip(make_picture("TIFF"))
    assert Image.open(io.BytesIO(plain)).format == "PNG" and not look(plain).has_metadata


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
@pytest.mark.parametrize("damage", [lambda c: c[:40], lambda c: c[:20] + bytes(200), lambda c: c[:-3]])
def test_a_damaged_picture_raises_nothing_but_a_refusal(damage: Callable[[bytes], bytes]) -> None:
    for content in (make_picture(), make_picture("PNG"), make_heic(b"Exif\x00\x00II*\x00" + b"\xff" * 60)):
        try:
            check_picture(damage(content))
            strip(damage(content))
        except ValueError:
            continue
