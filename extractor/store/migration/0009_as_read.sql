-- What an optical reader made of a number that was mended.

ALTER TABLE fact ADD COLUMN as_read TEXT; -- the number as it stands in the source, where misread digits were mended

ALTER TABLE fact_rejected ADD COLUMN as_read TEXT; -- the number as it stands in the source, where misread digits were mended
