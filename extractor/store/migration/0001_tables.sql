-- Comments behind a column describe it; they go to the database and to docs/database.md.

CREATE TABLE run ( -- one invocation of govfacts run
    run_pk INTEGER PRIMARY KEY, -- number of the invocation
    run_id TEXT NOT NULL UNIQUE, -- id of the invocation
    version TEXT NOT NULL, -- version of govfacts
    lexicon_digest TEXT NOT NULL, -- digest of the lexicon tables in use
    gazetteer_digest TEXT NOT NULL, -- digest of the gazetteer in use
    settings TEXT NOT NULL, -- settings as JSON
    digest TEXT NOT NULL, -- digest of version, lexicon, gazetteer and settings: documents of another one are stale
    started TEXT NOT NULL, -- begin, UTC
    finished TEXT -- end, UTC; null while it runs or where it was killed
);

CREATE TABLE document ( -- one input document, or one part of a large one
    document_pk INTEGER PRIMARY KEY, -- number of the document
    doc TEXT NOT NULL, -- the input as named on the command line
    part INTEGER NOT NULL, -- number of the part, 1 where there is only one
    char_offset INTEGER NOT NULL, -- code points of the document before this part
    sha256 TEXT NOT NULL, -- sha256 of the input's bytes
    bytes INTEGER NOT NULL, -- size of the input
    characters INTEGER NOT NULL, -- code points of the text
    encoding TEXT NOT NULL, -- encoding that the text was decoded from
    format TEXT NOT NULL, -- format of the input
    published TEXT, -- day, month or year of publication
    published_basis TEXT, -- where the date was found
    newspaper TEXT, -- name of the paper
    source_uri TEXT, -- where the document stands
    run_pk INTEGER NOT NULL REFERENCES run (run_pk), -- the run that read it
    UNIQUE (doc, part)
);
CREATE INDEX document_run ON document (run_pk);

CREATE TABLE failure ( -- an input that could not be read
    doc TEXT NOT NULL, -- the input as named on the command line
    part INTEGER NOT NULL, -- number of the part
    sha256 TEXT, -- sha256 of the input's bytes where it could be opened
    stage TEXT NOT NULL, -- open, read, extract or worker
    error TEXT NOT NULL, -- class of the error
    message TEXT NOT NULL, -- what was wrong
    tries INTEGER NOT NULL, -- how often it was tried
    run_pk INTEGER NOT NULL REFERENCES run (run_pk), -- the run that tried last
    PRIMARY KEY (doc, part)
);
CREATE INDEX failure_run ON failure (run_pk);

CREATE TABLE place ( -- administrative divisions that the documents name, each once
    place_pk INTEGER PRIMARY KEY, -- number of the place
    adcode TEXT, -- code valid at the publication date
    place_id TEXT, -- one identity over time
    name TEXT NOT NULL, -- name valid at the publication date
    level TEXT NOT NULL, -- province, prefecture, county, township, zone, village
    path TEXT NOT NULL, -- names from province down, joined by /
    province TEXT, -- name of the province
    province_code TEXT, -- code of the province
    prefecture_code TEXT, -- code of the prefecture
    county_code TEXT, -- code of the county
    UNIQUE (path, name, level, adcode, place_id)
);
CREATE INDEX place_adcode ON place (adcode);
CREATE INDEX place_identity ON place (place_id);
CREATE INDEX place_county ON place (county_code);
CREATE INDEX place_prefecture ON place (prefecture_code);
CREATE INDEX place_province ON place (province_code);
CREATE INDEX place_name ON place (name);

CREATE TABLE article ( -- one item of a page
    article_pk INTEGER PRIMARY KEY, -- number of the article
    article_id TEXT NOT NULL, -- stable: the same content has the same id
    document_pk INTEGER NOT NULL REFERENCES document (document_pk) ON DELETE CASCADE, -- the document that holds it
    ordinal INTEGER NOT NULL, -- position on the page, from 0
    kind TEXT NOT NULL, -- news, caption, notice
    title TEXT, -- headline
    kicker TEXT, -- the small line beside the headline
    byline TEXT NOT NULL, -- names of the reporters as JSON
    dateline_text TEXT, -- such as 本报金乡讯
    dateline_start INTEGER, -- first code point
    dateline_end INTEGER, -- code point behind the last
    place_pk INTEGER REFERENCES place (place_pk), -- the division that it is about
    published TEXT, -- day of publication
    year INTEGER, -- year of publication
    spans TEXT NOT NULL, -- [start, end] of title and body as JSON
    body TEXT NOT NULL, -- body with line wraps undone
    characters INTEGER NOT NULL, -- code points of the body
    page INTEGER, -- number of the page in the document
    bbox TEXT, -- left, top, right, bottom on the page as JSON
    text_quality REAL, -- 0..1: how well the text reads
    duplicate_of TEXT, -- article_id of the first print of the same story
    signature BLOB, -- MinHash of the body's character triples
    UNIQUE (document_pk, ordinal)
);
CREATE INDEX article_identity ON article (article_id);
CREATE INDEX article_place ON article (place_pk, year);
CREATE INDEX article_year ON article (year);
CREATE INDEX article_duplicate ON article (duplicate_of) WHERE duplicate_of IS NOT NULL;

CREATE TABLE sentence ( -- the sentences that prove facts
    sentence_pk INTEGER PRIMARY KEY, -- number of the sentence
    article_pk INTEGER NOT NULL REFERENCES article (article_pk) ON DELETE CASCADE, -- the article that holds it
    start_char INTEGER NOT NULL, -- first code point in the document
    end_char INTEGER NOT NULL, -- code point behind the last
    text TEXT NOT NULL, -- the sentence without the layout's white space
    page INTEGER, -- number of the page in the document
    bbox TEXT -- left, top, right, bottom on the page as JSON
);
CREATE INDEX sentence_article ON sentence (article_pk);

CREATE TABLE fact ( -- one fact a quantity
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
    counted INTEGER NOT NULL -- 1, or 0 for a repeat or a fact of a duplicate article
);
CREATE INDEX fact_identity ON fact (fact_id);
CREATE INDEX fact_article ON fact (article_pk);
CREATE INDEX fact_sentence ON fact (sentence_pk);
CREATE INDEX fact_place ON fact (place_pk, year);
CREATE INDEX fact_amount ON fact (amount_unit, amount);
CREATE INDEX fact_kind ON fact (kind, year);
CREATE INDEX fact_day ON fact (day);
CREATE INDEX fact_indicator ON fact (indicator_id, year) WHERE indicator_id IS NOT NULL;
CREATE INDEX fact_program ON fact (program_text) WHERE program_text IS NOT NULL;

CREATE TABLE place_mention ( -- where articles name places
    article_pk INTEGER NOT NULL REFERENCES article (article_pk) ON DELETE CASCADE, -- the article
    start_char INTEGER NOT NULL, -- first code point in the document
    end_char INTEGER NOT NULL, -- code point behind the last
    text TEXT NOT NULL, -- as printed
    place_pk INTEGER NOT NULL REFERENCES place (place_pk), -- the place
    resolved_by TEXT NOT NULL -- the rule that decided between namesakes
);
CREATE INDEX place_mention_article ON place_mention (article_pk);
CREATE INDEX place_mention_place ON place_mention (place_pk);

CREATE TABLE program_mention ( -- where articles name programs
    article_pk INTEGER NOT NULL REFERENCES article (article_pk) ON DELETE CASCADE, -- the article
    start_char INTEGER NOT NULL, -- first code point in the document
    end_char INTEGER NOT NULL, -- code point behind the last
    text TEXT NOT NULL, -- without its marks
    type TEXT NOT NULL, -- document, project, campaign, mechanism, brand
    canonical TEXT -- full name where the mention is a short form
);
CREATE INDEX program_mention_article ON program_mention (article_pk);
CREATE INDEX program_mention_text ON program_mention (text);

CREATE TABLE period_mention ( -- where articles say when
    article_pk INTEGER NOT NULL REFERENCES article (article_pk) ON DELETE CASCADE, -- the article
    start_char INTEGER NOT NULL, -- first code point in the document
    end_char INTEGER NOT NULL, -- code point behind the last
    text TEXT NOT NULL, -- as printed
    start_date TEXT, -- first day
    end_date TEXT -- last day
);
CREATE INDEX period_mention_article ON period_mention (article_pk);
