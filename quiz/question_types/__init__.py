"""Every question type, found by looking in this folder. One file is one type."""

from __future__ import annotations

import importlib
import pkgutil

from quiz.core.question_type import QuestionType


def _find_all() -> dict[str, QuestionType]:
    found: dict[str, QuestionType] = {}
    for module_info in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{__name__}.{module_info.name}")
        question_type = module.question_type
        if question_type.name != module_info.name:
            raise RuntimeError(
                f"{module_info.name}.py declares the name {question_type.name!r}; "
                "a type's name is its file's name, because stored questions point to it"
            )
        found[question_type.name] = question_type
    return found


QUESTION_TYPES = _find_all()
