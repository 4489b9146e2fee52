"""Questions as a table, a row each: for people who write them in a spreadsheet, and for tables of other systems."""
