-- How an archive is spread, as ANALYZE would find it in one of five million facts: rows of a table, and behind them how
-- many share a value of an index's first column, of its first two, and so on. Without it SQLite takes one of the five
-- kinds for as rare as one of a thousand counties; with it a database of any size is asked in the same way.
ANALYZE sqlite_schema;
DELETE FROM sqlite_stat1 WHERE tbl IN ('fact', 'article', 'sentence', 'document', 'place');
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('fact', 'fact_identity', '5000000 1'),
    ('fact', 'fact_article', '5000000 32 31 8'),
    ('fact', 'fact_sentence', '5000000 4 4 2'),
    ('fact', 'fact_place', '5000000 1700 1650 10 4'),
    ('fact', 'fact_amount', '5000000 25000 30 29 28'),
    ('fact', 'fact_kind', '5000000 1000000 15000 14500'),
    ('fact', 'fact_kind_amount', '5000000 1000000 100 98'),
    ('fact', 'fact_day', '5000000 250 245 60'),
    ('fact', 'fact_year', '5000000 65000 63000 13000'),
    ('fact', 'fact_value', '5000000 60 58'),
    ('fact', 'fact_indicator', '1500000 5000 200 20 20'),
    ('fact', 'fact_program', '1000000 50'),
    ('article', 'article_identity', '160000 1'),
    ('article', 'article_place', '160000 60 5'),
    ('article', 'article_year', '160000 2100'),
    ('sentence', 'sentence_article', '1250000 8'),
    ('document', 'document_run', '80000 8000'),
    ('place', 'place_adcode', '6000 2'),
    ('place', 'place_identity', '6000 2'),
    ('place', 'place_county', '6000 4'),
    ('place', 'place_prefecture', '6000 20'),
    ('place', 'place_province', '6000 200'),
    ('place', 'place_name', '6000 1');
