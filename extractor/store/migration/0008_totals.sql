-- Totals for questions about everything: reading five million facts takes seconds, these a few thousand rows. The writer
-- keeps them (store/total.py). Unknown years are 0 and unknown names empty, since a key has no null.

CREATE TABLE fact_total ( -- sums of facts by kind, unit, year and province
    kind TEXT NOT NULL, -- count, money, measure, ratio, rank
    amount_unit TEXT NOT NULL, -- CNY for yuan of all times, the standard unit, else the unit
    year INTEGER NOT NULL, -- year of the facts, 0 where it is unknown
    province TEXT NOT NULL, -- name of the province, empty where it is unknown
    facts INTEGER NOT NULL, -- facts, repeats and reprints among them
    counted INTEGER NOT NULL, -- facts that repeat none and are of no reprint
    amounts INTEGER NOT NULL, -- counted facts that have an amount below 1e24
    total REAL NOT NULL, -- sum of these amounts
    rest REAL NOT NULL, -- what rounding took from the sum
    PRIMARY KEY (kind, amount_unit, year, province)
);

CREATE TABLE indicator_total ( -- sums of the canonical indicators' facts by unit and year
    indicator_id TEXT NOT NULL, -- canonical indicator
    amount_unit TEXT NOT NULL, -- CNY for yuan of all times, the standard unit, else the unit
    year INTEGER NOT NULL, -- year of the facts, 0 where it is unknown
    facts INTEGER NOT NULL, -- facts, repeats and reprints among them
    counted INTEGER NOT NULL, -- facts that repeat none and are of no reprint
    amounts INTEGER NOT NULL, -- counted facts that have an amount below 1e24
    total REAL NOT NULL, -- sum of these amounts
    rest REAL NOT NULL, -- what rounding took from the sum
    PRIMARY KEY (indicator_id, amount_unit, year)
);

CREATE TABLE paper_total ( -- what was read of each paper by year of publication
    newspaper TEXT NOT NULL, -- name of the paper, empty where it is unknown
    year INTEGER NOT NULL, -- year of publication, 0 where it is unknown
    articles INTEGER NOT NULL, -- articles, reprints left out
    characters INTEGER NOT NULL, -- code points of their bodies
    reprints INTEGER NOT NULL, -- articles of which an earlier print was read
    facts INTEGER NOT NULL, -- facts, repeats and reprints among them
    counted INTEGER NOT NULL, -- facts that repeat none and are of no reprint
    PRIMARY KEY (newspaper, year)
);

INSERT INTO fact_total (kind, amount_unit, year, province, facts, counted, amounts, total, rest)
SELECT f.kind, f.amount_unit, coalesce(f.year, 0), coalesce(p.province, ''), count(*), sum(f.counted),
    sum(CASE WHEN f.counted = 1 AND abs(f.amount) < 1e24 THEN 1 ELSE 0 END),
    sum(CASE WHEN f.counted = 1 AND abs(f.amount) < 1e24 THEN f.amount ELSE 0.0 END), 0.0
FROM fact f LEFT JOIN place p ON p.place_pk = f.place_pk
GROUP BY f.kind, f.amount_unit, coalesce(f.year, 0), coalesce(p.province, '');

INSERT INTO indicator_total (indicator_id, amount_unit, year, facts, counted, amounts, total, rest)
SELECT f.indicator_id, f.amount_unit, coalesce(f.year, 0), count(*), sum(f.counted),
    sum(CASE WHEN f.counted = 1 AND abs(f.amount) < 1e24 THEN 1 ELSE 0 END),
    sum(CASE WHEN f.counted = 1 AND abs(f.amount) < 1e24 THEN f.amount ELSE 0.0 END), 0.0
FROM fact f
WHERE f.indicator_id IS NOT NULL
GROUP BY f.indicator_id, f.amount_unit, coalesce(f.year, 0);

INSERT INTO paper_total (newspaper, year, articles, characters, reprints, facts, counted)
SELECT coalesce(d.newspaper, ''), coalesce(a.year, 0), sum(CASE WHEN a.duplicate_of IS NULL THEN 1 ELSE 0 END),
    sum(CASE WHEN a.duplicate_of IS NULL THEN a.characters ELSE 0 END),
    sum(CASE WHEN a.duplicate_of IS NULL THEN 0 ELSE 1 END),
    sum((SELECT count(*) FROM fact f WHERE f.article_pk = a.article_pk)),
    sum((SELECT count(*) FROM fact f WHERE f.article_pk = a.article_pk AND f.counted = 1))
FROM article a JOIN document d ON d.document_pk = a.document_pk
GROUP BY coalesce(d.newspaper, ''), coalesce(a.year, 0);

CREATE VIEW v_fact_totals AS -- how many facts there are and what they sum up to, by kind, unit, year and province
SELECT
    t.kind, t.amount_unit,
    CASE WHEN t.year <> 0 THEN t.year END AS year, -- year of the period's end, else of publication
    CASE WHEN t.province <> '' THEN t.province END AS province, -- name of the province
    t.facts, t.counted, t.amounts,
    t.total + t.rest AS amount -- sum of the counted facts' amounts
FROM fact_total t;

CREATE VIEW v_indicator_totals AS -- how many facts the canonical indicators have and what they sum up to, by unit and year
SELECT
    t.indicator_id, t.amount_unit,
    CASE WHEN t.year <> 0 THEN t.year END AS year, -- year of the period's end, else of publication
    t.facts, t.counted, t.amounts,
    t.total + t.rest AS amount -- sum of the counted facts' amounts
FROM indicator_total t;

CREATE VIEW v_paper_totals AS -- what was read of each paper by year of publication: what counts are divided by
SELECT
    CASE WHEN t.newspaper <> '' THEN t.newspaper END AS newspaper, -- name of the paper
    CASE WHEN t.year <> 0 THEN t.year END AS year, -- year of publication
    t.articles, t.characters, t.reprints, t.facts, t.counted
FROM paper_total t;

CREATE VIEW v_figures AS -- facts without their text: for sums over many
SELECT
    f.fact_pk, f.fact_id, f.kind, f.quantity_text, f.value, f.min_value, f.max_value, f.modifier, f.unit, f.dimension,
    f.per, f.amount, f.amount_unit,
    CASE WHEN f.kind = 'money' AND f.amount_unit = 'CNY' THEN f.amount END AS yuan, -- money in today's yuan
    f.indicator_text AS indicator, f.indicator_id, f.action_text AS action, f.subject_text AS subject,
    p.name AS place, p.level AS place_level, p.adcode, p.place_id, p.path AS place_path, p.province,
    p.province_code, p.prefecture_code, p.county_code, f.place_basis,
    f.program_text AS program, f.program_type, f.period_text AS period,
    f.period_start_date, f.period_end_date, f.year, f.day, f.confidence, f.counted
FROM fact f
LEFT JOIN place p ON p.place_pk = f.place_pk;

-- The totals answer what this index was for, and fact_kind_amount counts the facts of a kind as well.
DROP INDEX fact_kind;
