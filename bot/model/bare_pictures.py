"""Pictures without what cameras and programs wrote beside them: where, when, with what, by whom.

Nothing is painted anew: what is seen stays bit for bit, also which side is up.
"""

import struct
from collections.abc import Iterator
from zlib import crc32

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# What a PNG is painted from. All else is words, times, EXIF, or a program's own.
_PAINTED = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS"}
    | {b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"iCCP", b"pHYs"}
)
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_EXIF = 0xE1
_APP0, _ADOBE, _APP_LAST, _COMMENT = 0xE0, 0xEE, 0xEF, 0xFE
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
_COLOURS = b"ICC_PROFILE\0"
_EXIF_MARK, _ORIENTATION = b"Exif\0\0", 0x0112
_UPRIGHT, _ORIENTATIONS = 1, range(1, 9)


class Torn(ValueError):
    """The picture is cut off, or not built as such pictures are."""


def bare_png(content: bytes) -> bytes:
    """The PNG with the chunks alone that it is painted from; what comes after its end is left out.

    Of EXIF it keeps which side is up.

    Raises:
        Torn: it is no whole PNG.
    """
    kept = [PNG_SIGNATURE]
    names = []
    for name, chunk in _chunks(content):
        names.append(name)
        if name in _PAINTED:
            kept.append(chunk)
        turned = _orientation(chunk[8:-4]) if name == b"eXIf" else None
        if turned:
            kept.append(_chunk(b"eXIf", _tiff(turned)))
    if names[:1] != [b"IHDR"] or b"IDAT" not in names or names[-1] != b"IEND":
        raise Torn("no whole PNG")
    return b"".join(kept)


def _chunk(name: bytes, data: bytes) -> bytes:
    body = name + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", crc32(body))


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, name = len(PNG_SIGNATURE), b""
    while name != b"IEND":
        if at + 12 > len(content):
            raise Torn("a PNG that ends too soon")
        (length,) = struct.unpack_from(">I", content, at)
        name, end = content[at + 4 : at + 8], at + 12 + length
        if end > len(content):
            raise Torn("a chunk that is longer than its file")
        yield name, content[at:end]
        at = end


def bare_jpeg(content: bytes) -> bytes:
    """The JPEG without EXIF, comments and the like, and without what comes after its end.

    Of EXIF it keeps which side is up: else a phone's picture would lie on its side.

    Raises:
        Torn: it is no whole JPEG.
    """
    kept, turned, has_scan = [], _UPRIGHT, False
    for marker, segment in _segments(content):
        if marker == _EXIF:
            turned = _orientation(segment[4:].removeprefix(_EXIF_MARK)) or turned
        elif marker not in _NOTES or segment[4:].startswith(_COLOURS):
            kept.append(segment)
        has_scan = has_scan or marker == _SCAN
    if not has_scan:
        raise Torn("a JPEG without a picture")
    first = kept[0] if kept[0][1] == _APP0 else b""  # where it is, it comes first
    rest = b"".join(kept[1:] if first else kept)
    exif = b"" if turned == _UPRIGHT else _exif(turned)
    return bytes((0xFF, _START)) + first + exif + rest


# Segments of programs and people, but for those which say how colours are written.
_NOTES = frozenset({*range(_EXIF, _APP_LAST + 1), _COMMENT} - {_ADOBE})


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker with its segment, that of a scan with what was scanned; the end comes last."""
    at, marker = 2, _START
    while marker != _END:
        if at + 2 > len(content) or content[at] != 0xFF:
            raise Torn("a JPEG that ends too soon")
        marker = content[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        end = at + 2
        if marker not in _ALONE and marker != _END:
            if at + 4 > len(content):
                raise Torn("a segment without a length")
            end += struct.unpack_from(">H", content, at + 2)[0]
        if marker == _SCAN:
            end = _end_of_scan(content, end)
        if end > len(content) or end < at + 2:
            raise Torn("a segment that is longer than its file")
        yield marker, content[at:end]
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands: a zero after FF is a byte of the picture, D0 to D7 restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise Torn("a scan that ends too soon")
        if content[at + 1] != 0 and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2


def _orientation(tiff: bytes) -> int | None:
    """Which side is up, as EXIF says it; None where it does not, or is not to be read."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return None
    try:
        (at,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, at)
        for n in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, at + 2 + 12 * n)
            if tag == _ORIENTATION and value in _ORIENTATIONS:
                return int(value)
    except struct.error:
        return None
    return None


def _tiff(orientation: int) -> bytes:
    """What EXIF consists of, where it says nothing but which side is up."""
    tiff = struct.pack(">2sHI", b"MM", 42, 8)
    return tiff + struct.pack(">HHHIHHI", 1, _ORIENTATION, 3, 1, orientation, 0, 0)


def _exif(orientation: int) -> bytes:
    body = _EXIF_MARK + _tiff(orientation)
    return struct.pack(">BBH", 0xFF, _EXIF, len(body) + 2) + body
