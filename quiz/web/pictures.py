"""Pictures of questions: sent from the editor, shown wherever their question is.

Who may see a picture: whoever is signed in (a guest counts) and knows its address. The address holds 128 bits of a
digest of the picture; it stands only in pages that show the question (and, for pictures in feedback and hints, only
once those may be read), so whoever knows it was shown it. It opens nothing that they have not seen.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, make_response, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from quiz.core.messages import N_
from quiz.core.pictures import markdown_of
from quiz.core.question_type import QuestionType
from quiz.picture_reading import MOST_BYTES, ReadPicture, UnusablePicture
from quiz.storage.pictures import select_picture_or_none
from quiz.web.editor_forms import picture_places, sent_form, type_or_404
from quiz.web.form_rows import Typed
from quiz.web.question_editing import editor_page
from quiz.web.question_words import words_for_templates
from quiz.web.request_tools import db, explain, for_instructors, me, not_found, now, signed_in, wants_json
from quiz.workflows.keep_picture import keep_picture

blueprint = Blueprint("pictures", __name__)
blueprint.context_processor(words_for_templates)

# Room for a file that is too large, so that its sender reads a sentence and keeps what they typed.
MOST_SENT = 3 * MOST_BYTES
LONGEST_DESCRIPTION = 500
_NOTHING_ELSE = "default-src 'none'; sandbox"


@blueprint.url_value_preprocessor
def _allow_a_picture(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Let more be sent here than elsewhere; this runs before anything reads the form."""
    if endpoint == "pictures.add":
        request.max_content_length = MOST_SENT


@blueprint.get("/picture/<picture_id>")
@signed_in
def picture(picture_id: str) -> Response:
    found = select_picture_or_none(db(), picture_id) or not_found()
    answer = make_response(found.data)
    answer.headers["Content-Type"] = found.media_type
    answer.headers["Content-Disposition"] = f'inline; filename="{found.file_name}"'
    answer.headers["Content-Security-Policy"] = _NOTHING_ELSE
    answer.set_etag(found.id)
    return answer.make_conditional(request)


@blueprint.post("/pictures/<type_name>")
@for_instructors
def add(type_name: str) -> Any:
    """Store the picture that was chosen in the editor, and put it into the field that was chosen for it."""
    question_type = type_or_404(type_name)
    try:
        description = _description()
        read = _kept()
    except UnusablePicture as problem:
        if wants_json():
            return jsonify(told=explain(problem)), 422
        form = sent_form(question_type)[1]
        return editor_page(form, question_type, status=422, picture_problem=explain(problem))
    written = markdown_of(read.picture.id, description)
    told = _told(read)
    if wants_json():
        return jsonify(markdown=written, told=told)
    return _page_with(question_type, written, told)


def _description() -> str:
    """Return what the picture shows, "" for one that only decorates. Raises UnusablePicture if neither was said."""
    description = " ".join(request.form.get("picture_alt", "").split())
    is_decorative = "picture_decorative" in request.form
    if not description and not is_decorative:
        raise UnusablePicture(
            N_("Describe what the picture shows, or say that it only decorates; then choose the file again.")
        )
    return "" if is_decorative else description[:LONGEST_DESCRIPTION]


def _kept() -> ReadPicture:
    sent = request.files.get("picture")
    if sent is None or not sent.filename:
        raise UnusablePicture(N_("Choose a picture first."))
    with sent.stream:
        return keep_picture(db(), sent.read(), by=me().id, now=now())


def _told(read: ReadPicture) -> str:
    remarks = (str(_(sentence)).format(**values) for sentence, values in read.remarks)
    return " ".join((_("The picture is in its place."), *remarks))


def _page_with(question_type: QuestionType, written: str, told: str) -> Any:
    """Return the editor with the picture at the end of the field that was chosen."""
    places = dict(picture_places(sent_form(question_type)[1]))
    place = request.form.get("picture_into", "")
    sent: Typed = MultiDict(request.form)
    if place not in places:
        place = "stem"
    between = "\n\n" if _has_lines(place) else " "
    sent[place] = between.join(filter(None, (sent.get(place, "").rstrip(), written)))
    for name in ("picture_alt", "picture_decorative"):
        sent.poplist(name)
    return editor_page(sent_form(question_type, sent)[1], question_type, picture_told=told)


def _has_lines(place: str) -> bool:
    """Tell whether the field is one of several lines: a picture gets one of its own there."""
    return place in ("stem", "feedback") or place.startswith("hints-")
