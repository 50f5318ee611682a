"""YAML of a few lines that would exhaust the stack, the memory or the clock."""

import re
from itertools import islice

import yaml

# Every level of YAML needs one of these; a block with fewer cannot overflow the parser's stack.
_LEVEL = re.compile(rb"[\[{?:-]")
_FEW_LEVELS = 1_000
_MERGE = re.compile(rb"<<|!!merge|yaml\.org,2002:merge")
_MAX_MERGED = 24  # aliases in a block that merges: their number multiplies at every level
_SEXAGESIMAL = re.compile(
    rb"(?::[0-5]?[0-9]){16}"
)  # digits of a number to YAML, read in square time
MAX_DEPTH = 32
"""Front matter nested deeper than this was made to do harm."""


def refuse_bombs(source: bytes, span: tuple[int, int], text: str) -> None:
    """Refuse YAML of a few lines that would exhaust the stack, the memory or the clock."""
    if _SEXAGESIMAL.search(source, *span):
        raise ValueError("a number of more than 16 parts")
    merges = _MERGE.search(source, *span) is not None
    if not merges and sum(1 for _ in islice(_LEVEL.finditer(source, *span), _FEW_LEVELS)) < (
        _FEW_LEVELS
    ):
        return
    depth = aliases = 0
    # Events come one by one and need no stack: libyaml's composer recurses in C without a limit.
    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        aliases += isinstance(event, yaml.AliasEvent)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise ValueError(f"nested deeper than {MAX_DEPTH} levels")
        if merges and aliases > _MAX_MERGED:
            raise ValueError("merged keys and aliases that multiply")
