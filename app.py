"""Put Footnote together: the only file that knows every part."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

from flask import Flask

from quiz.cli import register_commands
from quiz.cli.orphans import hear_parent_alone, stop_with_parent
from quiz.storage.connect import open_database
from quiz.web import (
    account,
    alike,
    banks,
    bulk,
    classes,
    drafts,
    errors,
    front,
    history,
    imports,
    join,
    late_answers,
    marking,
    marking_sheets,
    pages,
    parts,
    pictures,
    problems,
    question_export,
    questions,
    quiz_sections,
    quizzes,
    regrading,
    releasing,
    reports,
    saving,
    security,
    sessions,
    sources,
    taking,
    verdicts,
)  # fmt: skip
from quiz.web.request_tools import Footnote
from quiz.web.settings import settings_from
from quiz.web.steady_clock import SteadyClock

BLUEPRINTS = (
    front.blueprint,
    join.blueprint,
    account.blueprint,
    sources.blueprint,
    taking.blueprint,
    parts.blueprint,
    saving.blueprint,
    classes.blueprint,
    questions.blueprint,
    banks.blueprint,
    imports.blueprint,
    question_export.blueprint,
    bulk.blueprint,
    alike.blueprint,
    drafts.blueprint,
    pictures.blueprint,
    history.blueprint,
    quizzes.blueprint,
    quiz_sections.blueprint,
    reports.blueprint,
    late_answers.blueprint,
    marking.blueprint,
    marking_sheets.blueprint,
    regrading.blueprint,
    releasing.blueprint,
    problems.blueprint,
    verdicts.blueprint,
)


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """Return the application. settings: over the ``QUIZ_…`` variables, which are over the defaults.

    Nothing is migrated or loaded here: ``python app.py`` and ``flask quiz migrate`` do that.
    """
    app = Flask(__name__, static_folder="static", template_folder="templates")
    app.config.from_mapping(settings_from(os.environ, settings or {}))
    app.extensions["footnote"] = Footnote(
        db=open_database(app.config["DATABASE"]),
        clock=app.config.get("CLOCK") or SteadyClock(),
    )
    sessions.recognise_people(app)
    security.protect(app)
    pages.prepare_templates(app)
    errors.register_error_pages(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    register_commands(app)
    return app


def create_served_app() -> Flask:
    """Return the application in a process that serves, which must not outlive the one that started it."""
    hear_parent_alone()
    stop_with_parent()
    return create_app()


if __name__ == "__main__":
    from quiz.cli.serve import serve

    sys.exit(serve(sys.argv[1:]))
