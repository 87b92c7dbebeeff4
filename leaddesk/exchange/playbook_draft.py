"""A playbook being edited: its text in blocks, so that an edit rewrites one block and every other letter stays."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import cast

from leaddesk.exchange import playbook_values as values
from leaddesk.exchange.playbook_alike import partners
from leaddesk.exchange.playbook_layout import rewritten
from leaddesk.exchange.playbook_places import Data, statements
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.reading import read_playbook
from leaddesk.qualify.toml_text import tables_of

# What a new list of tables is written behind, where the file has none of its kind yet.
_BEHIND = {"scripts": ("questions", "criteria"), "questions": ("criteria", "parts")}


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines of the file. `name`: of the table they hold; empty: the head; None: blank lines and comments."""

    name: str | None
    text: str
    listed: bool = False

    @property
    def data(self) -> Data:
        """What the lines hold, under their name. Never change it."""
        return _parsed(self.text)


_GAP = Block(None, "\n")


@dataclass(frozen=True)
class Draft:
    """A playbook as a file being edited; never changed in place, so that an older one takes an edit back."""

    blocks: tuple[Block, ...]

    @cached_property
    def text(self) -> str:
        """The file."""
        return "".join(block.text for block in self.blocks)

    @cached_property
    def data(self) -> Data:
        """What the file holds. Never change it: `with_data` makes another draft."""
        return _merged(self.blocks)

    def tables(self, name: str) -> tuple[Data, ...]:
        """The entries of a list of tables; what is no table is left out."""
        found = self.data.get(name)
        return tuple(one for one in found if isinstance(one, dict)) if isinstance(found, list) else ()

    def read(self) -> Playbook:
        """The playbook. Raises BrokenPlaybook with all that is wrong."""
        return read_playbook(self.data)

    def with_data(self, data: Data) -> Draft:
        """The draft that holds this instead; whatever is equal keeps its letters."""
        draft = self
        for name in dict.fromkeys((*self.data, *data)):
            old, new = self.data.get(name), data.get(name)
            if old is not new and old != new:
                draft = _with(draft, name, new)
        if draft.data != data:  # a layout nobody thought of
            return Draft(tuple(_blocks(values.whole(data))))
        return draft

    def with_tables(self, name: str, tables: Sequence[Data]) -> Draft:
        """The draft with another list of tables under a name."""
        rest = {key: one for key, one in self.data.items() if key != name}
        return self.with_data({**rest, name: list(tables)} if tables else rest)


def draft_of(text: str) -> Draft:
    """A draft of a playbook's file. Raises BrokenPlaybook for what is no TOML: `not_toml` (why), `too_deep`."""
    clean = text.removeprefix("\ufeff").replace("\r\n", "\n")
    data = tables_of(clean)
    if clean and not clean.endswith("\n"):
        clean += "\n"
    try:
        draft = Draft(tuple(_blocks(clean)))
        if draft.data == data:
            return draft
    except (tomllib.TOMLDecodeError, IndexError, KeyError, TypeError):
        pass
    return Draft(tuple(_blocks(values.whole(data))))


# ── from text to blocks ──────────────────────────────────────────────────────────────────────────────────────────────

_ATTACHED = re.compile(r"(?:^|(?<=\n))(?:[ \t]*#[^\n]*\n)+\Z")


def _blocks(text: str) -> Iterator[Block]:
    """Blocks and what lies between them. Comments right above a header belong to it, others to nobody."""
    place = start = end = 0
    name: str | None = None
    listed = False
    for one in statements(text):
        mine = name is not None and (not one.header or (len(one.header) > 1 and one.header[0] == name))
        if not mine:
            if name is not None:
                yield Block(name, text[start:end], listed)
            attached = _ATTACHED.search(text, end if name is not None else 0, one.start) if one.header else None
            start = attached.start() if attached else one.start
            if start > place:
                yield Block(None, text[place:start])
            name = one.header[0] if one.header else ""
            listed = bool(one.header) and text[one.start : one.end].lstrip().startswith("[[") and len(one.header) == 1
        place = end = one.end
    if name is not None:
        yield Block(name, text[start:end], listed)
    if place < len(text):
        yield Block(None, text[place:])


@lru_cache(maxsize=512)
def _parsed(text: str) -> Data:
    return tomllib.loads(text)


def _merged(blocks: Sequence[Block]) -> Data:
    whole: Data = {}
    for block in blocks:
        if block.name is not None:
            _merge(whole, block.data)
    return whole


def _merge(whole: Data, more: Mapping[str, object]) -> None:
    for key, one in more.items():
        known = whole.get(key)
        if isinstance(known, list) and isinstance(one, list):
            whole[key] = [*known, *one]
        elif isinstance(known, dict) and isinstance(one, dict):
            both = dict(known)
            _merge(both, one)
            whole[key] = both
        else:
            whole[key] = one


# ── from data back to blocks ─────────────────────────────────────────────────────────────────────────────────────────


def _with(draft: Draft, name: str, new: object) -> Draft:
    own = [place for place, block in enumerate(draft.blocks) if block.name == name]
    if name and own and all(draft.blocks[place].listed for place in own) and isinstance(new, list):
        return Draft(tuple(_with_list(draft, name, own, new)))
    if len(own) == 1 and isinstance(new, dict):
        return _replaced(draft, own[0], new)
    if own:
        kept = Draft(tuple(_without(draft.blocks, own)))
        return _with(kept, name, new) if new is not None else kept
    head = next((place for place, block in enumerate(draft.blocks) if block.name == ""), None)
    if isinstance(new, list) and new and all(isinstance(one, dict) for one in new):
        if head is not None and name in draft.blocks[head].data:
            draft = _in_head(draft, head, name, None)
        return Draft(tuple(_with_new_list(draft, name, new)))
    if head is None:
        draft = Draft((Block("", ""), *draft.blocks))
        head = 0
    return _in_head(draft, head, name, new)


def _in_head(draft: Draft, head: int, name: str, new: object) -> Draft:
    entries = {key: one for key, one in draft.blocks[head].data.items() if key != name}
    if new is not None:
        old = draft.blocks[head].data
        entries = {key: new if key == name else old[key] for key in old} if name in old else {**old, name: new}
    return _replaced(draft, head, entries)


def _replaced(draft: Draft, place: int, entries: Data) -> Draft:
    block = _block_with(draft.blocks[place], entries)
    return Draft((*draft.blocks[:place], block, *draft.blocks[place + 1 :]))


def _block_with(block: Block, entries: Data) -> Block:
    name = block.name or ""

    def anew() -> str:
        if not name:
            return "".join(f"{values.entry(key, one)}\n" for key, one in entries.items())
        return values.block(name, entries, listed=block.listed)

    old = _own(block)
    return replace(block, text=rewritten(block.text, old, entries, anew))


def _own(block: Block) -> Data:
    """The entries of a block, without its name."""
    if not block.name:
        return block.data
    inside = block.data[block.name]
    return cast("Data", inside[0] if isinstance(inside, list) else inside)


def _with_list(draft: Draft, name: str, own: Sequence[int], new: list[object]) -> list[Block]:
    """The blocks with those of one list changed, taken out, put in, or in another order.

    What lies between them stays where it is: a heading over a group of questions does not travel with one of them.
    """
    was = partners([_own(draft.blocks[place]) for place in own], new)
    fresh: list[Block] = []
    for before, one in zip(was, new, strict=True):
        entries = cast("Data", one)
        if before is None:
            fresh.append(Block(name, values.block(name, entries, listed=True), listed=True))
        else:
            fresh.append(_block_with(draft.blocks[own[before]], entries))
    blocks = _without(draft.blocks, [place for number, place in enumerate(own) if number not in was])
    slots = [place for place, block in enumerate(blocks) if block.name == name]
    ordered = iter([block for before, block in zip(was, fresh, strict=True) if before is not None])
    for place in slots:
        blocks[place] = next(ordered)
    return list(_put_in(blocks, name, was, fresh)) if slots else _behind(name, blocks, fresh)


def _put_in(blocks: Sequence[Block], name: str, was: Sequence[int | None], fresh: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with the new ones of the list each behind the one it follows."""
    follow: dict[int, list[Block]] = {}
    last = -1
    for before, block in zip(was, fresh, strict=True):
        if before is None:
            follow.setdefault(last, []).append(block)
        else:
            last += 1
    number = -1
    for block in blocks:
        if block.name != name:
            yield block
            continue
        number += 1
        if not number:
            for one in follow.get(-1, ()):
                yield from (one, _GAP)
        yield block
        for one in follow.get(number, ()):
            yield from (_GAP, one)


def _without(blocks: Sequence[Block], gone: Sequence[int]) -> list[Block]:
    """The blocks without some, nor the blank lines that parted them from the next."""
    kept = list(blocks)
    for place in sorted(gone, reverse=True):
        del kept[place]
        for beside in (place, place - 1):
            if 0 <= beside < len(kept) and kept[beside].name is None and not kept[beside].text.strip():
                del kept[beside]
                break
    return kept


def _with_new_list(draft: Draft, name: str, new: Sequence[object]) -> list[Block]:
    fresh = [Block(name, values.block(name, cast("Data", one), listed=True), listed=True) for one in new]
    return _behind(name, list(draft.blocks), fresh)


def _behind(name: str, blocks: list[Block], fresh: Sequence[Block]) -> list[Block]:
    """The blocks with a list that had none, behind the one it belongs to, else at the end."""
    place = len(blocks)
    for other in _BEHIND.get(name, ()):
        found = [number for number, block in enumerate(blocks) if block.name == other]
        if found:
            place = found[-1] + 1
            break
    blocks[place:place] = [one for block in fresh for one in (_GAP, block)]
    return blocks
