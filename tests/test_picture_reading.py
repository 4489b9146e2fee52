"""Pictures that people send: what is taken, what it becomes, what is refused and with which sentence."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from quiz.core.picture_bytes import is_plain
from quiz.core.pictures import Picture
from quiz.picture_reading import LONGEST_SIDE, MOST_BYTES, UnusablePicture, check_picture, read_picture
from tests.sample_pictures import camera_file, moving_file, picture_file, vast_png, vast_webp


def opened(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.data))


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp"), ("GIF", "image/png")],
)
def test_each_kind_is_written_anew_with_its_size_in_its_id(name: str, media_type: str) -> None:
    picture = read_picture(picture_file(name)).picture

    assert (picture.media_type, picture.width, picture.height) == (media_type, 40, 30)
    assert picture.id.endswith("-40x30")
    assert opened(picture).size == (40, 30)


def test_the_same_file_makes_the_same_picture() -> None:
    assert read_picture(picture_file("JPEG")) == read_picture(picture_file("JPEG"))


def test_nothing_of_the_metadata_is_kept() -> None:
    picture = read_picture(camera_file()).picture

    assert b"SECRET" not in picture.data
    assert dict(opened(picture).getexif()) == {}
    assert is_plain(picture.data)


def test_a_photograph_is_turned_as_its_camera_was_held() -> None:
    picture = read_picture(camera_file(orientation=6)).picture

    assert (picture.width, picture.height) == (40, 80)
    red, *_ = opened(picture).convert("RGB").getpixel((38, 1))
    assert red > 200


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_pixels_can_be_kept(mode: str) -> None:
    picture = read_picture(picture_file("PNG", mode=mode)).picture

    assert opened(picture).mode in ("L", "RGB", "RGBA")


def test_what_shines_through_still_does() -> None:
    image = Image.new("RGBA", (10, 10), (0, 0, 0, 0))
    out = io.BytesIO()
    image.save(out, "PNG")

    assert opened(read_picture(out.getvalue()).picture).getpixel((5, 5))[3] == 0


def test_a_photograph_for_print_keeps_its_colours() -> None:
    assert opened(read_picture(picture_file("JPEG", mode="CMYK")).picture).mode == "RGB"


def test_grey_of_16_bits_stays_grey() -> None:
    image = Image.new("I;16", (4, 4), 32768)
    out = io.BytesIO()
    image.save(out, "PNG")

    assert opened(read_picture(out.getvalue()).picture).getpixel((0, 0)) == 128


@pytest.mark.parametrize("name", ["PNG", "JPEG", "WEBP"])
def test_a_large_picture_is_made_smaller_and_that_is_said(name: str) -> None:
    read = read_picture(picture_file(name, (3000, 1500)))

    assert (read.picture.width, read.picture.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)
    assert [values for _, values in read.remarks] == [{"width": 1600, "height": 800}]


def test_of_a_moving_picture_the_first_image_is_kept_and_that_is_said() -> None:
    read = read_picture(moving_file())

    assert opened(read.picture).convert("RGB").getpixel((1, 1)) == (255, 0, 0)
    assert "first image" in read.remarks[0][0]


def test_a_noisy_png_becomes_a_webp_that_pages_can_bear() -> None:
    noise = Image.effect_noise((1500, 1500), 100)
    out = io.BytesIO()
    noise.save(out, "PNG")

    picture = read_picture(out.getvalue()).picture

    assert picture.media_type == "image/webp"
    assert is_plain(picture.data)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "no PNG, JPEG, WebP or GIF"),
        (b"hello", "no PNG, JPEG, WebP or GIF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG drawings"),
        (b"<?xml version='1.0'?><svg/>", "SVG drawings"),
        (picture_file("BMP"), "no PNG, JPEG, WebP or GIF"),
        (picture_file("TIFF"), "no PNG, JPEG, WebP or GIF"),
        (picture_file()[:60], "damaged or cut off"),
        (picture_file("JPEG")[:200], "damaged or cut off"),
        (picture_file("WEBP")[:40], "damaged or cut off"),
        (picture_file("WEBP")[:22], "damaged or cut off"),
        (b"GIF89a", "damaged or cut off"),
        (b"GIF89a/*" + b" " * 50 + b"*/=1;alert(1)", "damaged or cut off"),
        (b"\xff\xd8\xff", "damaged or cut off"),
        (vast_png(), "more than 25 million pixels"),
        (vast_png(7_000), "more than 25 million pixels"),
        (vast_webp(), "more than 25 million pixels"),
        (picture_file() + b"<html><script>alert(1)</script>", "something else at the same time"),
        (picture_file("GIF") + b"PK\x05\x06" + bytes(18), "something else at the same time"),
        (picture_file("JPEG", comment=b"<?php echo 1 ?>"), "something else at the same time"),
        (picture_file() + bytes(MOST_BYTES), "may have 5 MB"),
    ],
)
def test_what_can_not_be_taken_is_refused_with_a_sentence(data: bytes, told: str) -> None:
    with pytest.raises(UnusablePicture) as caught:
        read_picture(data)

    assert told in str(caught.value)


def test_no_cut_and_no_flipped_byte_gets_past_with_anything_but_a_picture_or_a_sentence() -> None:
    for name in ("PNG", "JPEG", "WEBP", "GIF"):
        whole = picture_file(name)
        for place in range(0, len(whole), max(1, len(whole) // 60)):
            for data in (whole[:place], whole[:place] + bytes([whole[place] ^ 0x5A]) + whole[place + 1 :]):
                try:
                    assert is_plain(read_picture(data).picture.data)
                except UnusablePicture as problem:
                    assert str(problem)


@pytest.mark.parametrize("name", ["PNG", "JPEG", "WEBP"])
def test_a_picture_of_ours_is_known_again_as_it_is(name: str) -> None:
    check_picture(read_picture(picture_file(name, (300, 200))).picture)


def test_a_picture_that_is_not_what_its_name_promises_is_refused() -> None:
    picture = read_picture(picture_file()).picture
    with_metadata = camera_file(1)
    other_id = read_picture(picture_file(size=(41, 30))).picture.id
    forged = Picture(other_id, "image/jpeg", 80, 40, with_metadata)

    for wrong in (
        replace(picture, data=picture.data + b"x"),
        replace(picture, width=41),
        replace(picture, media_type="image/jpeg"),
        replace(picture, id=other_id),
        forged,
    ):
        with pytest.raises(UnusablePicture):
            check_picture(wrong)


def test_metadata_are_no_plain_picture_whatever_the_id_says() -> None:
    from quiz.core.pictures import picture_id

    data = camera_file(1)

    with pytest.raises(UnusablePicture, match="not the one"):
        check_picture(Picture(picture_id(data, 80, 40), "image/jpeg", 80, 40, data))
