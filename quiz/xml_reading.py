"""XML from strangers: parsed by lxml with nothing expanded, nothing fetched, and every refusal explained."""

from __future__ import annotations

import re

from lxml import etree

from quiz.core.interchange import NotThisFormat

LARGEST_XML = 128 * 1024 * 1024
"""Bytes of one document, pictures within it included."""

# The declaration of entities stands before the root element, so only that much is looked at.
_PROLOG = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^\[\]>]|\[.*?\]\s*(?=>))*>)*", re.DOTALL)
_LONGEST_PROLOG = 100_000
_ENCODINGS = (
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


def read_xml(data: bytes, *, recover: bool = False) -> etree._Element:
    """Return the root element. Raises NotThisFormat, with line and column, if the bytes are no good XML.

    recover: mend what is not well-formed as a browser would; the caller has to remark on it.
    """
    if len(data) > LARGEST_XML:
        raise NotThisFormat(f"the file has {len(data):,} bytes; at most {LARGEST_XML:,} are read")
    data = data.lstrip(b" \t\r\n") if data[:1].isspace() else data
    _refuse_entities(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NotThisFormat(_told(error, data)) from None
    except ValueError as error:
        raise NotThisFormat(f"not XML: {error}") from None
    if root is None:
        raise NotThisFormat("not XML: there is no element in it")
    return root


def looks_like_xml(data: bytes) -> bool:
    """Tell whether the bytes begin as XML does."""
    head = _as_text(data[:200]).lstrip("\ufeff \t\r\n")
    return head.startswith("<") and not head.lower().startswith(("<!doctype html", "<html"))


def root_name(data: bytes) -> str:
    """Return the root element's name as written, prefix included; "" if none is near the beginning."""
    head = _as_text(data[:_LONGEST_PROLOG]).lstrip("\ufeff")
    found = re.match(r"<([A-Za-z_][^\s/>]*)", head[_end_of_prolog(head) :])
    return found[1] if found else ""


def local_name(element: etree._Element) -> str:
    """Return the element's name without its namespace; "" for a comment or the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def namespace(element: etree._Element) -> str:
    tag = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""


def children(element: etree._Element, *names: str) -> list[etree._Element]:
    """Return the child elements of these local names, of all names if none is given."""
    return [child for child in element if local_name(child) and (not names or local_name(child) in names)]


def child(element: etree._Element, name: str) -> etree._Element | None:
    """Return the first child of that local name, None if there is none."""
    return next((c for c in element if local_name(c) == name), None)


def text_of(element: etree._Element | None) -> str:
    """Return all text within the element, stripped; "" for None."""
    return "" if element is None else "".join(str(text) for text in element.itertext()).strip()


def text_at(element: etree._Element, *path: str) -> str:
    """Return the text of the child at the end of the path of local names; "" if it is not there."""
    found: etree._Element | None = element
    for name in path:
        found = None if found is None else child(found, name)
    return text_of(found)


def line_of(element: etree._Element) -> int | None:
    return element.sourceline if isinstance(element.sourceline, int) else None


def _refuse_entities(data: bytes) -> None:
    head = _as_text(data[:_LONGEST_PROLOG]).lstrip("\ufeff")
    prolog = re.sub(r"<!--.*?-->", "", head[: _end_of_prolog(head)], flags=re.DOTALL)
    if "<!ENTITY" in prolog or re.match(r"[^<]*<!DOCTYPE[^>]*\[[^\]]*<!ENTITY", head):
        raise NotThisFormat(
            "the file declares entities (<!ENTITY …>), which are never read; take the DOCTYPE out"
        )
    if "<!DOCTYPE" in head and _end_of_prolog(head) >= _LONGEST_PROLOG - 10:
        raise NotThisFormat("the DOCTYPE is too long to be read; take it out")


def _end_of_prolog(head: str) -> int:
    found = _PROLOG.match(head)
    return found.end() if found else 0


def _as_text(data: bytes) -> str:
    for mark, encoding in _ENCODINGS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    return data.decode("utf-8-sig", "replace")


def _told(error: etree.XMLSyntaxError, data: bytes) -> str:
    line, column = error.position
    reason = (error.msg or "it ends too soon").split(", line ")[0]
    told = f"not well-formed XML at line {line}, column {column}: {reason}"
    if "Entity" in reason and "not defined" in reason:
        return told + ". Write the character itself, or its number (&#233;)"
    if "encoding" in reason.lower() or "Input is not proper" in reason or "Invalid bytes" in reason:
        return told + ". The file is not in the encoding that it declares; save it as UTF-8"
    return told
