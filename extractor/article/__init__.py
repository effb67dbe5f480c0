"""Stage 3: Page -> Articles, split, headed and unwrapped."""

from extractor.article.split import split_articles

__all__ = ["split_articles"]
