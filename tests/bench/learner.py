"""A learner over HTTP: joins as a guest, starts a quiz and saves answers, as the page's script does."""

from __future__ import annotations

import http.client
import json
import re
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit


class NoAnswer(Exception):
    """The server did not answer, or said no; nothing is known to be saved."""


@dataclass
class Learner:
    """One guest with one attempt. revisions: what the server acknowledged last, by position."""

    url: str
    name: str
    cookie: str = ""
    token: str = ""
    attempt: str = ""
    revisions: dict[int, int] = field(default_factory=dict)

    def start(self, join_code: str, quiz_id: str) -> None:
        """Join as a guest and start the quiz."""
        page = self._get(f"/join/{join_code}")
        self._post(f"/join/{join_code}", {"csrf_token": _token_in(page), "name": self.name})
        page = self._get(f"/quiz/{quiz_id}/start")
        self._post(f"/quiz/{quiz_id}/start", {"csrf_token": _token_in(page)})
        self.attempt = re.search(r"/attempt/(\w+)/", self.location)[1]  # type: ignore[index]
        self.token = _token_in(self._get(f"/attempt/{self.attempt}/question/1"))

    def save(self, position: int, fields: dict[str, list[str]], operation: str | None = None) -> str:
        """Save an answer; return its operation id once the server has acknowledged it. Raises NoAnswer."""
        operation = operation or secrets.token_hex(12)
        message = {
            "operation": operation, "position": position, "revision": self.revisions.get(position, 0), "fields": fields,
        }  # fmt: skip
        self.revisions[position] = self.send(message)["revision"]
        return operation

    def send(self, message: dict[str, Any]) -> dict[str, Any]:
        """Send what the page's script sends; return the acknowledgement. Raises NoAnswer."""
        status, body = self._ask(
            "POST", f"/attempt/{self.attempt}/save", json.dumps(message), "application/json",
            {"X-CSRFToken": self.token},
        )  # fmt: skip
        if status != 200:
            raise NoAnswer(f"{status}: {body[:200]}")
        acknowledged: dict[str, Any] = json.loads(body)
        return acknowledged

    def check(self, position: int, text: str, operation: str) -> None:
        """Check an answer, as the page's button does. Raises NoAnswer."""
        form = {
            "csrf_token": self.token, "operation": operation, "revision": "1000000", "answer": text, "go": "check",
        }  # fmt: skip
        self._post(f"/attempt/{self.attempt}/question/{position}", form)

    def submit(self) -> None:
        """Submit the attempt. Raises NoAnswer."""
        self._post(f"/attempt/{self.attempt}/submit", {"csrf_token": self.token})

    def result(self) -> str:
        return self._get(f"/attempt/{self.attempt}/result")

    def _get(self, path: str) -> str:
        status, body = self._ask("GET", path, None, "", {})
        if status != 200:
            raise NoAnswer(f"{path}: {status}")
        return body

    def _post(self, path: str, fields: dict[str, str]) -> None:
        status, body = self._ask("POST", path, urlencode(fields), "application/x-www-form-urlencoded", {})
        if status not in (302, 303):
            raise NoAnswer(f"{path}: {status}: {re.sub('<[^>]+>', ' ', body)[:300]}")

    def _ask(
        self, method: str, path: str, body: str | None, kind: str, extra: dict[str, str]
    ) -> tuple[int, str]:
        place = urlsplit(self.url)
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=20)
        headers = {"Cookie": self.cookie, "Accept": "*/*"} | extra | ({"Content-Type": kind} if kind else {})
        try:
            connection.request(method, path, body=body, headers=headers)
            response = connection.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer(str(error)) from error
        finally:
            connection.close()
        for value in response.headers.get_all("Set-Cookie") or []:
            self.cookie = value.split(";", 1)[0]
        self.location = response.headers.get("Location", "")
        return response.status, text


def _token_in(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    if found is None:
        raise NoAnswer("the page has no form")
    return found[1]
