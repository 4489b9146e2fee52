"""Flask: the pages, a file an audience."""
