-- People's verdicts. Table fact holds what is to be read: the machine's facts, corrected where a person has corrected
-- them; rejected ones stand in fact_rejected, so that no question has to leave them out. fact_review keeps the machine's
-- own record beside them. review and verdict hang on no row of a document and outlive all of them.
CREATE TABLE review ( -- a fact that people have judged, and what holds of it now
    review_pk INTEGER PRIMARY KEY, -- number of the judged fact
    fact_id TEXT NOT NULL UNIQUE, -- id of the fact when it was first judged
    verdict TEXT, -- accepted, corrected, rejected: what holds; null where all was taken back
    verdict_id TEXT, -- the verdict that decides
    reviewer TEXT, -- who gave it
    decided TEXT, -- when, UTC
    fact TEXT, -- the fact as that verdict leaves it, a record as JSON
    machine TEXT, -- the machine's record that it was given on, as JSON; null where the machine had none
    confidence REAL, -- that record's
    doc TEXT NOT NULL, -- the document that it was given on
    part INTEGER NOT NULL, -- part of that document
    sha256 TEXT NOT NULL, -- sha256 of that document
    char_offset INTEGER NOT NULL, -- code points of the document before that part
    verdicts INTEGER NOT NULL -- verdicts and undoings so far
);
CREATE INDEX review_document ON review (sha256);
CREATE INDEX review_name ON review (doc, part);
CREATE INDEX review_verdict ON review (verdict, decided);
CREATE INDEX review_confidence ON review (confidence);

CREATE TABLE verdict ( -- what each person said of a fact and when; rows are only added
    verdict_pk INTEGER PRIMARY KEY, -- number in the order of writing
    verdict_id TEXT NOT NULL UNIQUE, -- stable: the same verdict has the same id in every database
    review_pk INTEGER NOT NULL REFERENCES review (review_pk), -- the judged fact
    reviewer TEXT NOT NULL, -- who
    decided TEXT NOT NULL, -- when, UTC
    action TEXT NOT NULL, -- accept, reject, correct, add, undo
    fields TEXT, -- of a correction: the corrected fields as JSON
    undoes TEXT, -- of an undo: the verdict_id that it takes back
    note TEXT, -- what the person remarked
    fact TEXT, -- the fact as the verdict leaves it, a record as JSON; of a rejection as it was rejected; null for an undo
    machine TEXT, -- the machine's record at that time as JSON; null where it had none, and for an undo
    doc TEXT NOT NULL, -- the document that it was given on
    part INTEGER NOT NULL, -- part of that document
    sha256 TEXT NOT NULL, -- sha256 of that document
    char_offset INTEGER NOT NULL -- code points of the document before that part
);
CREATE INDEX verdict_review ON verdict (review_pk, reviewer);
CREATE INDEX verdict_reviewer ON verdict (reviewer, review_pk);

CREATE TABLE fact_review ( -- the facts of the documents that stand under a verdict
    fact_pk INTEGER PRIMARY KEY, -- number of the fact, in table fact or fact_rejected; below zero where people made it
    article_pk INTEGER NOT NULL REFERENCES article (article_pk) ON DELETE CASCADE, -- the article that holds it
    review_pk INTEGER NOT NULL REFERENCES review (review_pk), -- the judged fact
    verdict TEXT NOT NULL, -- accepted, corrected, rejected
    origin TEXT NOT NULL, -- machine, or review where the machine finds no such fact
    machine TEXT -- the machine's own record of now as JSON
);
CREATE INDEX fact_review_article ON fact_review (article_pk);
CREATE INDEX fact_review_review ON fact_review (review_pk);

CREATE TABLE fact_rejected ( -- machine's facts that a person has rejected: they stand here instead of in fact
    fact_pk INTEGER PRIMARY KEY, -- number of the fact
    fact_id TEXT NOT NULL, -- stable: the same content has the same id
    article_pk INTEGER NOT NULL REFERENCES article (article_pk) ON DELETE CASCADE, -- the article that holds it
    sentence_pk INTEGER NOT NULL REFERENCES sentence (sentence_pk) ON DELETE CASCADE, -- the sentence that proves it
    place_pk INTEGER REFERENCES place (place_pk), -- smallest division that it is about
    place_basis TEXT, -- mention, coreference, article
    kind TEXT NOT NULL, -- count, money, measure, ratio, rank
    quantity_text TEXT NOT NULL, -- the number with its qualifiers and unit
    quantity_start INTEGER NOT NULL, -- first code point
    quantity_end INTEGER NOT NULL, -- code point behind the last
    value TEXT, -- stated number in the base unit, plain decimal
    min_value TEXT, -- least value that the words allow
    max_value TEXT, -- greatest value that the words allow
    modifier TEXT NOT NULL, -- exact, more_than, equal_or_more, less_than, equal_or_less, approx, range
    unit TEXT NOT NULL, -- canonical unit
    dimension TEXT, -- of a measure
    value_cny TEXT, -- money in today's yuan
    standard_value TEXT, -- measure in its standard unit
    standard_unit TEXT, -- m2, m, kg, m3, s, J, W
    per TEXT, -- of a rate: what it is by
    amount REAL, -- number to compare and sort by: value, else a bound, in amount_unit
    amount_unit TEXT NOT NULL, -- CNY for yuan of all times, the standard unit, else the unit
    indicator_text TEXT, -- what is counted, or the named figure
    indicator_start INTEGER, -- first code point
    indicator_end INTEGER, -- code point behind the last
    indicator_id TEXT, -- canonical indicator
    action_text TEXT, -- the verb
    action_start INTEGER, -- first code point
    action_end INTEGER, -- code point behind the last
    subject_text TEXT, -- who did it
    subject_start INTEGER, -- first code point
    subject_end INTEGER, -- code point behind the last
    program_text TEXT, -- program that it belongs to
    program_start INTEGER, -- first code point
    program_end INTEGER, -- code point behind the last
    program_type TEXT, -- document, project, campaign, mechanism, brand
    period_text TEXT, -- when
    period_start INTEGER, -- first code point
    period_end INTEGER, -- code point behind the last
    period_start_date TEXT, -- first day
    period_end_date TEXT, -- last day
    base_text TEXT, -- what a change is measured against
    base_start INTEGER, -- first code point
    base_end INTEGER, -- code point behind the last
    part_of TEXT, -- fact_id of the total
    repeat_of TEXT, -- fact_id of the same figure earlier in the article
    year INTEGER, -- year of the period's end, else of publication
    day TEXT, -- day to filter by: the period's end, else the publication
    rule TEXT NOT NULL, -- the grammar rule that made it
    confidence REAL NOT NULL, -- calibrated share of such facts that are right
    counted INTEGER NOT NULL -- always 0: no rejected fact counts
);
CREATE INDEX fact_rejected_identity ON fact_rejected (fact_id);
CREATE INDEX fact_rejected_article ON fact_rejected (article_pk);
CREATE INDEX fact_rejected_sentence ON fact_rejected (sentence_pk);
CREATE INDEX fact_rejected_place ON fact_rejected (place_pk);

-- For the least confident first alone: its condition keeps it out of the way of questions for a least confidence, which
-- most facts have.
CREATE INDEX fact_confidence ON fact (confidence, fact_pk) WHERE confidence < 2;
CREATE INDEX document_content ON document (sha256);

DROP VIEW v_facts;
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
    f.part_of, f.repeat_of, a.duplicate_of, f.rule, f.confidence, f.counted,
    v.verdict, CASE WHEN v.origin IS NULL THEN 'machine' ELSE v.origin END AS origin, -- machine, or review where a person says so and the machine finds no such fact
    r.run_id
FROM fact f
JOIN article a ON a.article_pk = f.article_pk
JOIN document d ON d.document_pk = a.document_pk
JOIN run r ON r.run_pk = d.run_pk
JOIN sentence s ON s.sentence_pk = f.sentence_pk
LEFT JOIN place p ON p.place_pk = f.place_pk
LEFT JOIN fact_review v ON v.fact_pk = f.fact_pk;
