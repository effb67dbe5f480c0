"""Which nodes of a graph hang together, by alternating large-star and small-star steps (Kiveris et al. 2014)."""

from __future__ import annotations

from collections.abc import Callable

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

Keep = Callable[[DataFrame, str], DataFrame]  # writes a frame down under a name, so that it is computed once


def find_components(edges: DataFrame, keep: Keep) -> DataFrame:
    """`node`, `root` of every node of some edges: nodes hang together where their roots, the least of them, are one.

    `edges`: `high` > `low`, each once. The steps grow with the logarithm of the longest way through the graph.
    """
    number = 0
    edges = keep(edges, "edges-0")
    mark = _measure(edges)
    while mark[0]:
        number += 1
        edges = keep(_join_lower(_join_higher(edges)), f"edges-{number}")
        before, mark = mark, _measure(edges)
        if mark == before:
            break
    roots = edges.select(F.col("low").alias("node")).distinct().withColumn("root", F.col("node"))
    return edges.select(F.col("high").alias("node"), F.col("low").alias("root")).unionByName(roots)


def _measure(edges: DataFrame) -> tuple[int, int]:
    """Two sets of edges with the same number and digest are the same."""
    row = edges.agg(F.count("*").alias("size"), F.expr("bit_xor(xxhash64(high, low))").alias("digest")).head()
    assert row is not None
    return int(row["size"]), int(row["digest"] or 0)


def _join_higher(edges: DataFrame) -> DataFrame:
    """Every node's higher neighbours to the least of its neighbours and itself."""
    back = edges.select(F.col("low").alias("high"), F.col("high").alias("low"))
    both = edges.unionByName(back).select(F.col("high").alias("node"), F.col("low").alias("other"))
    least = both.groupBy("node").agg(F.min("other").alias("least"))
    joined = both.where("other > node").join(least, "node")
    return joined.select(F.col("other").alias("high"), F.least("node", "least").alias("low")).distinct()


def _join_lower(edges: DataFrame) -> DataFrame:
    """Every node and its lower neighbours to the least of these."""
    least = edges.groupBy("high").agg(F.min("low").alias("least"))
    lower = edges.join(least, "high").where("low > least").select(F.col("low").alias("high"), "least")
    own = least.select("high", "least")
    return lower.unionByName(own).select("high", F.col("least").alias("low")).distinct()
