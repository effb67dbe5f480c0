"""Articles: a list, and one with all that was found in it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from extractor.serve.connection import Reader
from extractor.serve.etag import State
from extractor.serve.parameter import asked, mark
from extractor.serve.problem import RefusedError
from extractor.serve.query.article import read_article
from extractor.serve.query.article_list import read_articles
from schemas.api import ArticleDetail, ArticlePage
from schemas.query import ArticleQuery, NoQuery

router = APIRouter(tags=["articles"])
Identity = Annotated[str, Path(pattern="^[0-9a-f]{16}$", description="id of an article")]


@router.get("/articles", openapi_extra=mark(ArticleQuery))
def list_articles(query: Annotated[ArticleQuery, asked(ArticleQuery)], reader: Reader, state: State) -> ArticlePage:
    """The articles that fulfil a question, the latest first."""
    return read_articles(reader, query)


@router.get("/articles/{article_id}", dependencies=[asked(NoQuery)])
def get_article(reader: Reader, state: State, article_id: Identity) -> ArticleDetail:
    """One article with its facts and its mentions of places, programs and periods."""
    found = read_article(reader, article_id)
    if found is None:
        raise RefusedError(404, f"no article {article_id}", "article_id")
    return found
