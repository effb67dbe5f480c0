"""Articles printed before: the marks that `govfacts run` sets, found by bands of their signatures."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from extractor.batch.duplicate import BANDS, WIDTH, find_reprints, is_alike, share_figures
from extractor.spark.component import Keep, find_components

BYTES = 4 * WIDTH  # of a band in a signature
ORDER = ("undated", "published", "doc", "part", "ordinal", "article")  # of the prints, as extractor.batch has it
FOUND = "first bigint, story string"


class Member(NamedTuple):
    """An article among those that share a band with others. `root`: the same for all that hang together."""

    root: int
    article: int
    identity: str
    signature: bytes
    figures: Sequence[str]


def find_marks(articles: DataFrame, keep: Keep) -> DataFrame:
    """`article`, `duplicate_of` of every article that an earlier one tells already.

    `articles`: the columns of ORDER, `identity` (article_id), `signature`, `figures`. What has no band in common is
    never compared; what hangs together over several bands goes through the same function as in extractor.batch, in one
    task, so that the marks are the same.
    """
    order = F.struct(*ORDER)
    firsts = articles.groupBy("identity").agg(F.min(order).alias("print"))
    firsts = keep(firsts.select("identity", F.col("print.article").alias("first")), "firsts")
    heads = articles.where("signature IS NOT NULL").join(
        firsts.select(F.col("first").alias("article")), "article", "left_semi"
    )
    groups = find_components(find_edges(heads), keep).withColumnRenamed("node", "article")
    members = heads.join(groups, "article").select("root", *ORDER, "identity", "signature", "figures")
    sorted_members = members.repartition("root").sortWithinPartitions("root", *ORDER)
    stories = sorted_members.mapInArrow(find_stories, FOUND)
    told = articles.select("article", "identity").join(firsts, "identity").join(stories, "first", "left")
    again = F.when(F.col("article") != F.col("first"), F.col("identity"))
    marks = told.select("article", F.coalesce("story", again).alias("duplicate_of"))
    return keep(marks.where("duplicate_of IS NOT NULL"), "marks")


def find_edges(heads: DataFrame) -> DataFrame:
    """`high`, `low`: each article that shares a band with others, and the least of them."""
    bits = F.expr(f"transform(sequence(0, {BANDS - 1}), b -> substring(signature, b * {BYTES} + 1, {BYTES}))")
    bands = heads.select("article", F.posexplode(bits).alias("band", "bits"))
    groups = bands.groupBy("band", "bits").agg(F.min("article").alias("low"), F.count("*").alias("size"))
    shared = bands.join(groups.where("size > 1"), ["band", "bits"]).where("article != low")
    return shared.select(F.col("article").alias("high"), "low").distinct()


def find_stories(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The articles that tell again what another one told (`first`), and that one's identity (`story`)."""
    for _, group in groupby(_read_members(batches), lambda member: member.root):
        members = list(group)
        found = find_members(members)
        firsts = [members[row].article for row in found]
        stories = [members[head].identity for head in found.values()]
        yield pa.RecordBatch.from_arrays(
            [pa.array(firsts, pa.int64()), pa.array(stories, pa.string())], names=["first", "story"]
        )


def _read_members(batches: Iterable[pa.RecordBatch]) -> Iterator[Member]:
    for batch in batches:
        columns: list[list[Any]] = [batch.column(name).to_pylist() for name in Member._fields]
        yield from map(Member, *columns)


def find_members(members: Sequence[Member]) -> dict[int, int]:
    """Of members in their order: which tell again what an earlier one told."""
    signatures = [np.frombuffer(member.signature, "<u4") for member in members]

    def to_keys(row: int) -> list[Hashable]:
        signature = members[row].signature
        return [(band, signature[band * BYTES : (band + 1) * BYTES]) for band in range(BANDS)]

    def is_reprint(one: int, other: int) -> bool:
        alike = is_alike(signatures[one], signatures[other])
        return alike and share_figures(members[one].figures, members[other].figures)

    return find_reprints(range(len(members)), to_keys, is_reprint)
