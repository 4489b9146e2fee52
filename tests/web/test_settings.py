from __future__ import annotations

import stat

import pytest

from quiz.web.settings import settings_from


def test_what_was_given_is_over_variables_and_those_over_defaults(tmp_path):
    database = f"{tmp_path}/a.db"

    found = settings_from(
        {"QUIZ_PORT": "8000", "QUIZ_WORKERS": "2", "OTHER": "x"}, {"PORT": 9000, "DATABASE": database}
    )

    assert (found["PORT"], found["WORKERS"], found["HOST"]) == (9000, 2, "127.0.0.1")
    assert "OTHER" not in found


def test_a_variable_that_should_be_a_number_is_named_if_it_is_none():
    with pytest.raises(ValueError, match="QUIZ_PORT must be a whole number, not 'http'"):
        settings_from({"QUIZ_PORT": "http"}, {})


def test_the_key_that_signs_cookies_outlives_a_restart_and_is_private(tmp_path):
    database = f"sqlite:///{tmp_path}/a.db"

    first, second = (settings_from({}, {"DATABASE": database})["SECRET_KEY"] for _ in range(2))

    assert first == second
    assert len(first) >= 48
    assert stat.S_IMODE((tmp_path / "a.db.secret").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["a.db.secret"]


def test_a_key_file_that_was_left_empty_is_filled(tmp_path):
    (tmp_path / "a.db.secret").touch()

    assert settings_from({}, {"DATABASE": f"{tmp_path}/a.db"})["SECRET_KEY"]


def test_the_nodes_of_one_postgresql_must_be_told_their_key():
    with pytest.raises(ValueError, match="QUIZ_SECRET_KEY"):
        settings_from({"QUIZ_DATABASE": "postgresql://db/quiz"}, {})


def test_behind_tls_the_cookie_has_the_name_that_no_neighbour_can_plant():
    found = settings_from({"QUIZ_SESSION_COOKIE_SECURE": "yes"}, {"SECRET_KEY": "x"})

    assert found["SESSION_COOKIE_NAME"] == "__Host-footnote"
    assert found["SESSION_COOKIE_SECURE"] is True


def test_trusted_hosts_are_a_list():
    found = settings_from({"QUIZ_TRUSTED_HOSTS": "quiz.example.org, .school.example"}, {"SECRET_KEY": "x"})

    assert found["TRUSTED_HOSTS"] == ["quiz.example.org", ".school.example"]
