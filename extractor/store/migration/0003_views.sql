CREATE VIEW v_facts AS -- one row a fact with everything a dashboard needs; WHERE counted = 1 counts each figure once
SELECT
    f.fact_pk, f.fact_id, a.article_id, d.doc, d.newspaper, a.published, a.title, a.kind AS article_kind,
    f.kind, f.quantity_text, f.value, f.min_value, f.max_value, f.modifier, f.unit, f.dimension,
    f.value_cny, f.standard_value, f.standard_unit, f.per, f.amount, f.amount_unit,
    CASE WHEN f.kind = 'money' AND f.amount_unit = 'CNY' THEN f.amount END AS yuan, -- money in today's yuan
    f.indicator_text AS indicator, f.indicator_id, f.action_text AS action, f.subject_text AS subject,
    p.name AS place, p.level AS place_level, p.adcode, p.place_id, p.path AS place_path, p.province,
    p.province_code, p.prefecture_code, p.county_code, f.place_basis,
    f.program_text AS program, f.program_type, f.period_text AS period,
    f.period_start_date, f.period_end_date, f.year, f.day, f.base_text AS base,
    s.text AS evidence, s.start_char AS evidence_start, s.end_char AS evidence_end, s.page, a.text_quality,
    f.part_of, f.repeat_of, a.duplicate_of, f.rule, f.confidence, f.counted, r.run_id
FROM fact f
JOIN article a ON a.article_pk = f.article_pk
JOIN document d ON d.document_pk = a.document_pk
JOIN run r ON r.run_pk = d.run_pk
JOIN sentence s ON s.sentence_pk = f.sentence_pk
LEFT JOIN place p ON p.place_pk = f.place_pk;

CREATE VIEW v_articles AS -- one row an article
SELECT
    a.article_pk, a.article_id, d.doc, d.newspaper, a.ordinal, a.kind, a.title, a.kicker, a.byline, a.published, a.year,
    p.name AS place, p.level AS place_level, p.adcode, p.place_id, p.path AS place_path,
    a.body, a.characters, a.page, a.text_quality, a.duplicate_of, d.source_uri, r.run_id
FROM article a
JOIN document d ON d.document_pk = a.document_pk
JOIN run r ON r.run_pk = d.run_pk
LEFT JOIN place p ON p.place_pk = a.place_pk;

CREATE VIEW v_places AS -- one row a mention of a place
SELECT a.article_id, d.doc, m.text, m.start_char, m.end_char, p.adcode, p.place_id, p.name, p.level, p.path,
    m.resolved_by, a.published
FROM place_mention m
JOIN article a ON a.article_pk = m.article_pk
JOIN document d ON d.document_pk = a.document_pk
JOIN place p ON p.place_pk = m.place_pk;

CREATE VIEW v_programs AS -- one row a mention of a program
SELECT a.article_id, d.doc, m.text, m.start_char, m.end_char, m.type, m.canonical, a.published
FROM program_mention m
JOIN article a ON a.article_pk = m.article_pk
JOIN document d ON d.document_pk = a.document_pk;

CREATE VIEW v_periods AS -- one row a time expression
SELECT a.article_id, d.doc, m.text, m.start_char, m.end_char, m.start_date, m.end_date, a.published
FROM period_mention m
JOIN article a ON a.article_pk = m.article_pk
JOIN document d ON d.document_pk = a.document_pk;
