"""The forms of imports: where the questions come from, and where they go."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from quiz.formats import FORMATS
from quiz.storage.banks import BankRow
from quiz.workflows.plan_import import IntoBank, Upload

NEW_BANK = ""


class TargetForm(FlaskForm):
    """What the file is, and the bank that it goes into."""

    format = SelectField(
        _l("Format"), description=_l("Most files are recognised. Choose only if yours is not.")
    )
    bank = SelectField(
        _l("Bank"), description=_l("Questions that are in it already are found again and updated.")
    )
    title = StringField(_l("Title of the new bank"), description=_l("Only for a new bank."))
    language = StringField(
        _l("Language of the new bank"), description=_l("Its short name: en, ar, fr …"), default="en"
    )
    new_id = HiddenField()

    def __init__(self, *args: Any, banks: Iterable[BankRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = [SelectChoice(name, str(_(one.label))) for name, one in FORMATS.items()]
        self.format.choices = [SelectChoice("", _("Recognise it")), *labels]
        self.bank.choices = [
            *(SelectChoice(bank.id, bank.title) for bank in banks),
            SelectChoice(NEW_BANK, _("A new bank")),
        ]

    def target(self) -> IntoBank:
        """Return where the questions go."""
        if self.bank.data:
            return IntoBank(self.bank.data)
        return IntoBank(new_title=self.title.data or "", new_language=self.language.data or "en")


class UploadForm(TargetForm):
    """A file or pasted text, and where it goes."""

    file = FileField(_l("File"), description=_l("10 MB at most."))
    pasted = TextAreaField(
        _l("Or paste the text"), description=_l("GIFT, Aiken, TOML, CSV or any other format that is text.")
    )

    def upload(self) -> Upload | None:
        """Return what was sent, None if nothing was. A file goes before pasted text."""
        chosen = self.format.data or ""
        sent = self.file.data
        if sent and getattr(sent, "filename", ""):
            with closing(sent):
                return Upload(sent.read(), sent.filename, chosen)
        pasted = (self.pasted.data or "").strip()
        return Upload(pasted.encode("utf-8", "replace"), "", chosen) if pasted else None
