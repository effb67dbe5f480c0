CREATE VIEW v_sources AS -- one row a document
SELECT d.doc, d.part, d.char_offset, d.sha256, d.bytes, d.characters, d.encoding, d.format, d.published,
    d.published_basis, d.newspaper, d.source_uri, r.run_id, r.version
FROM document d
JOIN run r ON r.run_pk = d.run_pk;

CREATE VIEW v_failures AS -- one row an input that could not be read
SELECT f.doc, f.part, f.stage, f.error, f.message, f.tries, r.run_id
FROM failure f
JOIN run r ON r.run_pk = f.run_pk;
