CREATE TABLE sentence_search ( -- index of the sentences
    sentence_pk BIGINT PRIMARY KEY REFERENCES sentence (sentence_pk) ON DELETE CASCADE,
    words TSVECTOR NOT NULL,
    chars TSVECTOR NOT NULL
);
CREATE INDEX sentence_search_words ON sentence_search USING GIN (words);
CREATE INDEX sentence_search_chars ON sentence_search USING GIN (chars);
CREATE TABLE article_search ( -- index of the headlines
    article_pk BIGINT PRIMARY KEY REFERENCES article (article_pk) ON DELETE CASCADE,
    words TSVECTOR NOT NULL,
    chars TSVECTOR NOT NULL
);
CREATE INDEX article_search_words ON article_search USING GIN (words);
CREATE INDEX article_search_chars ON article_search USING GIN (chars);
