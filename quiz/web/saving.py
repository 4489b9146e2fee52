"""Saving answers and flags for the page's script: JSON in, JSON out, acknowledged only after the commit."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for
from flask_wtf.csrf import CSRFError

from quiz.core.answer_messages import AnswerMessage, FlagMessage, MalformedMessage, read_message
from quiz.core.question_type import UnreadableResponse
from quiz.storage.encoding import time_text
from quiz.web.request_tools import db, explain, now, person
from quiz.workflows.flag_slot import flag_slot
from quiz.workflows.open_attempt import NoSuchAttempt, SinglePlace, attempt_of, single_place_of
from quiz.workflows.pass_through import PlaceClosed
from quiz.workflows.save_response import (
    AnswerLate,
    AttemptClosed,
    ChangedElsewhere,
    PlaceFinished,
    read_certainty,
    read_submitted,
    save_response,
)
from quiz.workflows.tell_time import timer_of

blueprint = Blueprint("saving", __name__)


@blueprint.post("/attempt/<attempt_id>/save")
def save(attempt_id: str) -> Any:
    """Save one answer or one flag. See static/answering.js for what the page does with each reply."""
    asking = person()
    if asking is None:
        return {"signed_out": True}, 401
    try:
        message = read_message(request.get_json(silent=True))
        place = single_place_of(db(), attempt_of(db(), asking.id, attempt_id), message.position)
        return _keep(place, message)
    except MalformedMessage:
        return {"malformed": True}, 400
    except NoSuchAttempt:
        return {"missing": True}, 404
    except UnreadableResponse as problem:
        return {"unreadable": explain(problem)}, 422
    except ChangedElsewhere as problem:
        return {"conflict": explain(problem)}, 409
    except PlaceFinished as problem:
        return {"finished": explain(problem)}, 409
    except PlaceClosed as problem:
        return {"passed": explain(problem), "go_on": url_for("taking.resume", attempt_id=attempt_id)}, 409
    except AnswerLate as problem:
        go_on = url_for("taking.resume", attempt_id=attempt_id)
        if attempt_of(db(), asking.id, attempt_id).state == "open":
            # Of one part only: the attempt goes on.
            return {"passed": explain(problem), "go_on": go_on}, 409
        return {"late": explain(problem), "result": go_on}, 409
    except AttemptClosed as problem:
        return {"closed": explain(problem), "result": url_for("taking.result", attempt_id=attempt_id)}, 409


@blueprint.errorhandler(CSRFError)
def page_too_old(error: CSRFError) -> Any:
    return {"expired": True}, 400


def _keep(place: SinglePlace, message: AnswerMessage | FlagMessage) -> dict[str, Any]:
    attempt, position = place.attempt, place.slot.position
    if isinstance(message, FlagMessage):
        flag_slot(
            db(),
            attempt,
            position,
            is_flagged=message.is_flagged,
            operation_id=message.operation_id,
            now=now(),
        )
        return {"flagged": message.is_flagged}
    saved = save_response(
        db(), attempt, position, response=read_submitted(place.question, place.slot, message.fields),
        certainty=read_certainty(attempt, place.slot, message.fields), operation_id=message.operation_id,
        based_on=message.revision, now=now(),
    )  # fmt: skip
    reply = {
        "saved_at": time_text(saved.at),
        "revision": saved.revision,
        "answered": saved.response is not None,
    }
    # An accommodation may have moved the end since the page was made.
    timer = timer_of(db(), attempt, now=now())
    return reply | {"left": timer.seconds} if timer else reply
