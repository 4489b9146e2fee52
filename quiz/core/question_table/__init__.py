"""Questions as a table, a row each: for those who write them in a spreadsheet, and for other systems."""
