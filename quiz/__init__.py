"""Footnote: quizzes whose every answer key cites its source."""
