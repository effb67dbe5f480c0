"""Questions of the REST interface that the command line does not ask: articles, names, places, aggregates."""
