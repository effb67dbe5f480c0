"""A database of facts over HTTP: the REST interface under /api/v1 and the web page."""

from extractor.serve.app import create_app
from extractor.serve.option import ServeOptions

__all__ = ["ServeOptions", "create_app"]
