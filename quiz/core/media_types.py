"""What kind of file a name promises; a list of our own, since machines differ in theirs."""

from __future__ import annotations

_TYPES = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
    "svg": "image/svg+xml", "avif": "image/avif", "bmp": "image/bmp", "mp3": "audio/mpeg", "ogg": "audio/ogg",
    "oga": "audio/ogg", "wav": "audio/wav", "m4a": "audio/mp4", "mp4": "video/mp4", "webm": "video/webm",
    "pdf": "application/pdf", "txt": "text/plain", "html": "text/html", "css": "text/css",
    "json": "application/json",
    "csv": "text/csv", "zip": "application/zip",
}  # fmt: skip


def media_type_of(name: str) -> str:
    return _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
