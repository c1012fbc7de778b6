"""Find and blank the metadata of a HEIC picture, which Pillow does not open.

HEIC keeps Exif and XMP as items in the file (ISO/IEC 23008-12, annex A). They are blanked where they stand, so that no
offset in the file changes and the picture stays as it is.
"""

import re

BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
EXIF = re.compile(rb"Exif\x00\x00(?=MM\x00\*|II\*\x00)")
XMP = re.compile(rb"<x:xmpmeta.{0,2000000}?</x:xmpmeta>", re.DOTALL)
EMPTY = b"II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00"  # a TIFF directory without entries
LARGEST_EXIF = 65_536  # bytes that are searched for the end of an Exif item


def is_heic(content: bytes) -> bool:
    """Return whether the bytes begin as a HEIC or HEIF file does."""
    return content[4:8] == b"ftyp" and content[8:12] in BRANDS


def exif_of(content: bytes) -> bytes:
    """Return the Exif data, as Pillow reads it; b"" when there is none."""
    found = EXIF.search(content)
    return content[found.start() : found.start() + LARGEST_EXIF] if found else b""


def xmp_of(content: bytes) -> bytes:
    """Return the XMP packet; b"" when there is none."""
    found = XMP.search(content)
    return found.group() if found else b""


def blank(content: bytes) -> bytes:
    """Return the file with its Exif directories emptied and its XMP packets filled with spaces."""
    kept = bytearray(content)
    for found in EXIF.finditer(content):
        start = found.end()
        end = start + _length(content, start)
        kept[start:end] = EMPTY + bytes(end - start - len(EMPTY))
    for found in XMP.finditer(content):
        kept[found.start() : found.end()] = b" " * (found.end() - found.start())
    return bytes(kept)


def _length(content: bytes, start: int) -> int:
    """Return how many bytes of TIFF data begin at a place: as far as its directories point, within LARGEST_EXIF."""
    order = "little" if content[start : start + 2] == b"II" else "big"

    def number(at: int, size: int) -> int:
        return int.from_bytes(content[start + at : start + at + size], order)  # type: ignore[arg-type]

    reached, waiting, seen = len(EMPTY), [number(4, 4)], set[int]()
    while waiting:
        directory = waiting.pop()
        if directory in seen or not 8 <= directory < LARGEST_EXIF:
            continue
        seen.add(directory)
        entries = min(number(directory, 2), 512)
        reached = max(reached, directory + 2 + entries * 12 + 4)
        waiting.append(number(directory + 2 + entries * 12, 4))
        for entry in range(directory + 2, directory + 2 + entries * 12, 12):
            tag, kind, count, value = number(entry, 2), number(entry + 2, 2), number(entry + 4, 4), number(entry + 8, 4)
            if tag in (0x8769, 0x8825, 0xA005):  # Exif, place, interoperability
                waiting.append(value)
            size = count * SIZES.get(kind, 1)
            if size > 4 and value + size <= LARGEST_EXIF:
                reached = max(reached, value + size)
    return min(reached, len(content) - start)


SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}  # bytes of a TIFF type
