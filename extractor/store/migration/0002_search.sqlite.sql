-- rowid is sentence_pk; words: jieba search-mode words, chars: single characters. Both are folded (see store/token.py).
-- ASCII marks are tokens as all others are: 3.16 is not 316.
CREATE VIRTUAL TABLE sentence_search USING fts5(words, chars, content='', tokenize="ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\]^_`{|}~'");
-- rowid is article_pk; of the headline and the kicker
CREATE VIRTUAL TABLE article_search USING fts5(words, chars, content='', tokenize="ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\]^_`{|}~'");
