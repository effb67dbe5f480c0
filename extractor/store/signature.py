"""MinHash of a text: two reprints of a story with small changes have nearly the same one."""

from __future__ import annotations

import struct

PERMUTATIONS = 64
SEED = 20_241
SHINGLE = 4  # characters of a shingle: three are shared by chance among reports of one kind, five miss small changes
SHORTEST = 40  # characters of a text that has one: shorter items (weather, briefs) are alike by their form alone
FORM = struct.Struct(f"<{PERMUTATIONS}I")


def to_signature(text: str) -> bytes | None:
    """64 little-endian 32-bit numbers over the character quadruples of a text, white space and marks left out; None
    for a text too short to tell."""
    bare = "".join(char for char in text if char.isalnum())
    if len(bare) < SHORTEST:
        return None
    from rensa import RMinHash

    minhash = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    minhash.update([bare[at : at + SHINGLE] for at in range(len(bare) - SHINGLE + 1)])
    return FORM.pack(*minhash.digest())
