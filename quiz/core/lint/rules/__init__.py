"""The rules, one a function, grouped by what they look at."""
