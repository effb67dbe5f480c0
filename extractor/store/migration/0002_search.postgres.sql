CREATE TABLE sentence_search (
    sentence_pk BIGINT PRIMARY KEY REFERENCES sentence (sentence_pk) ON DELETE CASCADE,
    words TSVECTOR NOT NULL,
    chars TSVECTOR NOT NULL
);
CREATE INDEX sentence_search_words ON sentence_search USING GIN (words);
CREATE INDEX sentence_search_chars ON sentence_search USING GIN (chars);
CREATE TABLE article_search (
    article_pk BIGINT PRIMARY KEY REFERENCES article (article_pk) ON DELETE CASCADE,
    words TSVECTOR NOT NULL,
    chars TSVECTOR NOT NULL
);
CREATE INDEX article_search_words ON article_search USING GIN (words);
CREATE INDEX article_search_chars ON article_search USING GIN (chars);
COMMENT ON TABLE sentence_search IS 'index of the sentences';
COMMENT ON COLUMN sentence_search.sentence_pk IS 'the sentence';
COMMENT ON COLUMN sentence_search.words IS 'words of its text, folded';
COMMENT ON COLUMN sentence_search.chars IS 'single characters of its text, folded';
COMMENT ON TABLE article_search IS 'index of the headlines and kickers';
COMMENT ON COLUMN article_search.article_pk IS 'the article';
COMMENT ON COLUMN article_search.words IS 'words of its text, folded';
COMMENT ON COLUMN article_search.chars IS 'single characters of its text, folded';
