"""Pictures that people send, read with care and written anew: the one place that decodes them.

What comes out is a plain picture and nothing else: no position or camera from its metadata, no second file behind
or within it, nothing that only one decoder understands. Sizes are read from the head before a pixel is decoded.
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from zlib import error as ZlibError

from PIL import Image, ImageOps, UnidentifiedImageError

from quiz.core.messages import N_, Explained
from quiz.core.picture_bytes import Kind, holds_another_file, is_drawing, is_plain, kind_of, webp_size
from quiz.core.pictures import Picture, picture_id

MOST_BYTES = 5_000_000
MOST_PIXELS = 25_000_000
LONGEST_SIDE = 1600
"""Pixels; more than any page of ours can show."""

# A drawing stays sharp as PNG; a photograph sent as PNG would take megabytes at every look.
_LARGEST_PNG = 1_500_000
# What Pillow's decoders raise at broken files. DecompressionBombWarning is one where warnings are errors.
_BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError, MemoryError,
    struct.error, ZlibError, UnidentifiedImageError,
)  # fmt: skip
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)

TOO_LARGE = N_("the file has {size} MB; a picture may have {most} MB. Make it smaller, then send it again")
TOO_MANY_PIXELS = N_("the picture has more than {most} million pixels; make it smaller, then send it again")
UNKNOWN = N_("this is no PNG, JPEG, WebP or GIF picture; save it as one of these")
DRAWING = N_("SVG drawings can hold programs, so they are not taken; save it as PNG")
TWO_IN_ONE = N_("the file is a picture and something else at the same time; save the picture anew, alone")
BROKEN = N_("the picture is damaged or cut off; open it, save it anew, then send that")
NOT_OURS = N_("the picture {id} is not the one that its name promises; add it in the editor instead")
ONE_OF_MANY = N_("The picture moves; only its first image was kept.")
SMALLER = N_("It was made smaller: {width} × {height} pixels.")


class UnusablePicture(Explained):
    """The file is no picture that may be stored. The message is for whoever sent it."""


@dataclass(frozen=True)
class ReadPicture:
    """The picture as it will be stored, and what was changed (sentences with named gaps, and their values)."""

    picture: Picture
    remarks: tuple[tuple[str, dict[str, int]], ...] = ()


def read_picture(data: bytes) -> ReadPicture:
    """Return the picture in the file, turned upright, no larger than pages need, without metadata.

    Raises UnusablePicture.
    """
    kind = _kind_of(data)
    try:
        return _decoded(data, kind)
    except _BOMBS:
        raise UnusablePicture(TOO_MANY_PIXELS, most=MOST_PIXELS // 1_000_000) from None
    except UnusablePicture:
        raise
    except _BROKEN:
        raise UnusablePicture(BROKEN) from None


def check_picture(picture: Picture) -> None:
    """Raise UnusablePicture unless the bytes are the plain picture that the id names; they are kept as they are.

    For pictures that come back from a file of ours: encoding them again would change their ids, and blur them.
    """
    kind = _kind_of(picture.data)
    named = picture_id(picture.data, picture.width, picture.height), f"image/{kind.lower()}"
    if (picture.id, picture.media_type) != named or not is_plain(picture.data):
        raise UnusablePicture(NOT_OURS, id=picture.id)
    try:
        image = _opened(picture.data, kind)
        image.load()
    except UnusablePicture:
        raise
    except (*_BOMBS, *_BROKEN):
        raise UnusablePicture(BROKEN) from None
    if image.size != (picture.width, picture.height):
        raise UnusablePicture(NOT_OURS, id=picture.id)


def _kind_of(data: bytes) -> Kind:
    if len(data) > MOST_BYTES:
        size, most = f"{len(data) / 1_000_000:.1f}", f"{MOST_BYTES / 1_000_000:g}"
        raise UnusablePicture(TOO_LARGE, size=size, most=most)
    kind = kind_of(data)
    if kind is None:
        raise UnusablePicture(DRAWING if is_drawing(data) else UNKNOWN)
    if holds_another_file(data):
        raise UnusablePicture(TWO_IN_ONE)
    return kind


def _opened(data: bytes, kind: Kind) -> Image.Image:
    """Return the picture with its size checked and nothing decoded yet. Raises what Pillow raises."""
    if kind == "WEBP":
        # Pillow makes room for all of it as soon as it is opened.
        _refuse_if_vast(webp_size(data))
    image = Image.open(io.BytesIO(data), formats=[kind])
    _refuse_if_vast(image.size)
    return image


def _decoded(data: bytes, kind: Kind) -> ReadPicture:
    image = _opened(data, kind)
    remarks: list[tuple[str, dict[str, int]]] = []
    if getattr(image, "n_frames", 1) > 1:
        remarks.append((ONE_OF_MANY, {}))
    was_large = max(image.size) > LONGEST_SIDE
    if was_large and kind == "JPEG":
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    image = _plain(ImageOps.exif_transpose(image))
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    encoded, media_type = _encoded(image, kind)
    width, height = image.size
    if was_large:
        remarks.append((SMALLER, {"width": width, "height": height}))
    picture = Picture(picture_id(encoded, width, height), media_type, width, height, encoded)
    return ReadPicture(picture, tuple(remarks))


def _plain(image: Image.Image) -> Image.Image:
    """Return the pixels alone, as red, green, blue and what shines through, in a picture that knows nothing else."""
    if image.mode.startswith("I"):
        # 16 bits a grey; converted as they are, all but the darkest would be white.
        image = image.convert("F").point(lambda grey: grey / 256)
    see_through = image.has_transparency_data
    mode = "RGBA" if see_through else "L" if image.mode in ("1", "L", "F") else "RGB"
    plain = Image.new(mode, image.size)
    plain.paste(image.convert(mode))
    return plain


def _encoded(image: Image.Image, kind: Kind) -> tuple[bytes, str]:
    if kind == "JPEG":
        return _saved(image, "JPEG", quality=85, optimize=True, progressive=True), "image/jpeg"
    if kind == "WEBP":
        return _saved(image, "WEBP", quality=90), "image/webp"
    encoded = _saved(image, "PNG", optimize=True)
    if len(encoded) > _LARGEST_PNG:
        return _saved(image, "WEBP", quality=90), "image/webp"
    return encoded, "image/png"


def _saved(image: Image.Image, name: str, **options: int) -> bytes:
    out = io.BytesIO()
    image.save(out, name, **options)
    return out.getvalue()


def _refuse_if_vast(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        raise UnusablePicture(TOO_MANY_PIXELS, most=MOST_PIXELS // 1_000_000)
