-- Late answers have had a table of their own since 0003, and no step was ever late.
ALTER TABLE steps DROP COLUMN is_late;
