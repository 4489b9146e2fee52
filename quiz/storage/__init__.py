"""Rows in, rows out: SQL beside the module that runs it, one text for SQLite and PostgreSQL."""
