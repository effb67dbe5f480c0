"""The web page: server-rendered, every view an address; scripts only add comfort."""

from extractor.serve.web.app import add_web

__all__ = ["add_web"]
