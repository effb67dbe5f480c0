-- The server keeps its own statistics; this only has them begin.
ANALYZE fact;
