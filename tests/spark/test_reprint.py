"""The marks of a cluster are those of one machine, whatever hangs together."""

from __future__ import annotations

import itertools
import random
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.batch.duplicate import mark_duplicates
from extractor.record import to_run_record
from extractor.settings import Settings
from extractor.spark.scratch import Scratch
from extractor.store import Writer, migrate
from extractor.store.signature import FORM, PERMUTATIONS

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

ARTICLES = 220
Article = tuple[int, str, str | None, str, int, int, bytes | None, list[str]]
FIELDS = (
    "article bigint, identity string, day string, doc string, part bigint, ordinal bigint, signature binary, "
    "figures array<string>"
)

DOCUMENT = "document_pk doc part char_offset sha256 bytes characters encoding format run_pk"
ARTICLE = "article_pk document_pk article_id ordinal kind byline published spans body characters signature"


def make_articles(seed: int) -> list[Article]:
    """Stories that are printed again with more and more numbers of their signature changed, some by chance the same
    article, some undated, some too short for a signature."""
    rng = random.Random(seed)
    stories = [[rng.getrandbits(32) for _ in range(PERMUTATIONS)] for _ in range(7)]
    articles: list[Article] = []
    for number in range(1, ARTICLES + 1):
        story = stories[rng.randrange(7)]
        for at in rng.sample(range(PERMUTATIONS), rng.choice((0, 0, 1, 3, 9, 20))):  # the story drifts
            story[at] = rng.getrandbits(32)
        signature = None if rng.random() < 0.1 else FORM.pack(*story)
        identity = f"{rng.choice((number, number, number, rng.randrange(1, 40))):016x}"
        day = None if rng.random() < 0.2 else f"2021-0{rng.randint(1, 9)}-11"
        doc = rng.choice("a中Z\U00020000｀") + f"{rng.randint(1, 60):02d}.txt"
        articles.append((number, identity, day, doc, 1, number, signature, []))
    return articles


def mark_on_one_machine(articles: list[Article]) -> dict[int, str]:
    """What `govfacts run` would mark, by number."""
    connection = Scratch()
    migrate(connection)
    Writer(connection).start_run(to_run_record(Settings(), "2026-01-02T03:04:05Z"), "{}", "")
    docs = sorted({article[3] for article in articles})
    documents = [(number, doc, 1, 0, "", 0, 0, "utf-8", "text", 1) for number, doc in enumerate(docs)]
    rows = [
        (number, docs.index(doc), identity, ordinal, "news", "[]", day, "[]", "", 0, signature)
        for number, identity, day, doc, _, ordinal, signature, _ in articles
    ]
    connection.insert("document", DOCUMENT.split(), documents)
    connection.insert("article", ARTICLE.split(), rows)
    count = mark_duplicates(connection)
    marks = dict(connection.query("SELECT article_pk, duplicate_of FROM article WHERE duplicate_of IS NOT NULL"))
    connection.close()
    assert count == len(marks)
    return marks


def test_marks(spark: SparkSession, tmp_path: Path) -> None:
    from pyspark.sql import functions as F

    from extractor.spark.reprint import find_marks
    from extractor.spark.session import with_conf

    def keep(frame: DataFrame, name: str) -> DataFrame:
        frame.write.parquet(str(tmp_path / name))
        return spark.read.schema(frame.schema).parquet(str(tmp_path / name))

    articles = make_articles(8)
    expected = mark_on_one_machine(articles)
    assert 40 < len(expected) < ARTICLES - 20
    assert len(set(expected.values())) > 10
    frame = spark.createDataFrame(articles, FIELDS).repartition(5)
    frame = frame.withColumn("undated", F.col("day").isNull()).withColumn("published", F.coalesce("day", F.lit("")))
    with with_conf(spark, {}):
        marks = find_marks(frame.drop("day"), keep)
        assert {row["article"]: row["duplicate_of"] for row in marks.collect()} == expected
    assert (tmp_path / "edges-2").exists()  # the stories hang together over several steps


def test_components(spark: SparkSession, tmp_path: Path) -> None:
    """A long chain, numbered at random, a ring, a star, and single edges."""
    from extractor.spark.component import find_components

    def keep(frame: DataFrame, name: str) -> DataFrame:
        frame.write.parquet(str(tmp_path / name))
        return spark.read.schema(frame.schema).parquet(str(tmp_path / name))

    names = list(range(100, 130))
    random.Random(4).shuffle(names)
    edges = set(itertools.pairwise(names))
    edges |= {(at, at % 6 + 1) for at in range(1, 7)} | {(40, leaf) for leaf in range(41, 46)} | {(61, 60), (63, 62)}
    roots = {**dict.fromkeys(names, 100), **dict.fromkeys(range(1, 7), 1), **dict.fromkeys(range(40, 46), 40)}
    roots |= {61: 60, 60: 60, 63: 62, 62: 62}
    frame = spark.createDataFrame([(max(edge), min(edge)) for edge in edges], "high bigint, low bigint")
    found = find_components(frame, keep).collect()
    assert len(found) == len(roots)
    assert {row["node"]: row["root"] for row in found} == roots


def test_members_in_this_process() -> None:
    """The function that a task calls, on groups that come in batches of their own."""
    import pyarrow as pa

    from extractor.spark.reprint import Member, find_stories

    numbers = list(range(PERMUTATIONS))
    story = FORM.pack(*numbers)
    near = FORM.pack(*numbers[:-10], *range(1000, 1010))
    members = [
        Member(1, 5, "a", story, ["count\x1f5"]),
        Member(1, 7, "b", near, ["count\x1f5"]),
        Member(1, 8, "c", near, ["count\x1f6"]),
        Member(2, 9, "d", story, []),
        Member(2, 11, "e", near, []),
    ]
    batches = [
        pa.RecordBatch.from_pylist([member._asdict() for member in members[at : at + 2]]) for at in range(0, 5, 2)
    ]
    found = [row for batch in find_stories(batches) for row in batch.to_pylist()]
    assert found == [{"first": 7, "story": "a"}, {"first": 11, "story": "d"}]
