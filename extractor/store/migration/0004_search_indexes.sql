-- Indexes that answer a search with its count: `counted` and what most questions ask stand in them, so that no row of
-- table fact is read to count.
DROP INDEX fact_article;
DROP INDEX fact_sentence;
DROP INDEX fact_place;
DROP INDEX fact_amount;
DROP INDEX fact_kind;
DROP INDEX fact_day;
DROP INDEX fact_indicator;
CREATE INDEX fact_article ON fact (article_pk, counted, kind);
CREATE INDEX fact_sentence ON fact (sentence_pk, counted, kind);
CREATE INDEX fact_place ON fact (place_pk, counted, day, kind);
CREATE INDEX fact_amount ON fact (amount_unit, amount, counted, kind);
CREATE INDEX fact_kind ON fact (kind, year, counted);
CREATE INDEX fact_kind_amount ON fact (kind, amount, counted);
CREATE INDEX fact_day ON fact (day, counted, kind);
CREATE INDEX fact_year ON fact (year, counted, kind);
CREATE INDEX fact_value ON fact (amount, counted);
CREATE INDEX fact_indicator ON fact (indicator_id, year, day, counted) WHERE indicator_id IS NOT NULL;
