"""Pictures for tests, drawn when asked for."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image


def picture_file(
    name: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: Any
) -> bytes:
    """Return a picture file with one red corner, so that its upright side can be told."""
    image = Image.new(mode, size, 200 if mode in ("L", "1", "I;16", "F") else None)
    if mode in ("RGB", "RGBA"):
        image.paste((250, 0, 0, 255)[: len(mode)], (0, 0, max(1, size[0] // 4), max(1, size[1] // 4)))
    out = io.BytesIO()
    image.save(out, name, **options)
    return out.getvalue()


def camera_file(orientation: int = 6) -> bytes:
    """Return a photograph whose metadata tell how the camera was held, and where."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SECRET-CAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    return picture_file("JPEG", (80, 40), exif=exif, comment=b"SECRET-COMMENT")


def moving_file() -> bytes:
    """Return an animation of two images."""
    images = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    images[0].save(out, "GIF", save_all=True, append_images=images[1:])
    return out.getvalue()


def vast_png(side: int = 40_000) -> bytes:
    """Return the head of a PNG that would take gigabytes, in a few bytes."""
    import struct
    import zlib

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


def vast_webp() -> bytes:
    """Return the head of a WebP of 16384 by 16384 pixels."""
    body = b"WEBPVP8X" + (10).to_bytes(4, "little") + bytes(4) + b"\xff\x3f\x00" * 2
    return b"RIFF" + len(body).to_bytes(4, "little") + body
