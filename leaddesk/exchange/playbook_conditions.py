"""Conditions of a playbook as a tree that can be edited: groups, questions, fields, and shapes kept as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from leaddesk.exchange.playbook_places import Data
from leaddesk.qualify.fields import FIELD, FieldKind

#: What can be said of a field.
FACT_HOWS = ("is", "has", "known", "unknown", "between", "sums")


@dataclass(eq=False)
class Node:
    """A part of a condition.

    `kind`: all, any, question, fact, or other (a shape that is kept as it is, in `kept`). `how`: is or standing of a
    question; one of FACT_HOWS of a field. `values`: answer keys, standings or words; `least`, `below`: a range; `sums`:
    per currency.
    """

    kind: str
    negated: bool = False
    of: list[Node] = field(default_factory=list)
    subject: str = ""
    how: str = "is"
    values: list[str] = field(default_factory=list)
    least: object = None
    below: object = None
    sums: Data = field(default_factory=dict)
    kept: Data = field(default_factory=dict)


def tree_of(condition: object) -> Node:
    """A condition as a group of its parts; None: an empty group."""
    if condition is None:
        return Node("all")
    node = _node(condition)
    return node if node.kind in ("all", "any") and not node.negated else Node("all", of=[node])


def condition_of(node: Node) -> Data | None:
    """What a tree says, as the file writes it; None where it asks for nothing."""
    said = _said(node)
    if said is None:
        return None
    return {"not": said} if node.negated else said


def _node(condition: object) -> Node:
    if not isinstance(condition, Mapping):
        return Node("other")
    if len(condition) == 1 and isinstance(inner := condition.get("not"), Mapping):
        node = _node(inner)
        return Node("all", negated=True, of=[node]) if node.negated else _negated(node)
    for shape in ("all", "any"):
        if len(condition) == 1 and isinstance(found := condition.get(shape), list):
            return Node(shape, of=[_node(one) for one in found])
    for read in (_question, _fact):
        if (found_ := read(condition)) is not None:
            return found_
    return Node("other", kept=dict(condition))


def _negated(node: Node) -> Node:
    node.negated = True
    return node


def _question(condition: Mapping[str, object]) -> Node | None:
    subject = condition.get("question")
    how = next((one for one in ("is", "standing") if one in condition), "")
    if not isinstance(subject, str) or not how or len(condition) != 2:
        return None
    return Node("question", subject=subject, how=how, values=_listed(condition[how]))


def _fact(condition: Mapping[str, object]) -> Node | None:
    subject = condition.get("fact")
    if not isinstance(subject, str):
        return None
    rest = condition.keys() - {"fact"}
    if rest in ({"is"}, {"has"}):
        how = next(iter(rest))
        return Node("fact", subject=subject, how=how, values=_listed(condition[how]))
    if rest == {"known"}:
        return Node("fact", subject=subject, how="known" if condition["known"] is True else "unknown")
    if rest == {"sums"} and isinstance(sums := condition["sums"], Mapping):
        return Node("fact", subject=subject, how="sums", sums=dict(sums))
    if rest and rest <= {"at_least", "below"}:
        least, below = condition.get("at_least"), condition.get("below")
        return Node("fact", subject=subject, how="between", least=least, below=below)
    return None


def _said(node: Node) -> Data | None:
    if node.kind in ("all", "any"):
        parts = [said for one in node.of if (said := condition_of(one)) is not None]
        if len(parts) < 2:
            return parts[0] if parts else None
        return {node.kind: parts}
    if node.kind == "question":
        return {"question": node.subject, node.how: _written(node.values)}
    if node.kind == "fact":
        return {"fact": node.subject, **_fact_said(node)}
    return dict(node.kept) or None


def _fact_said(node: Node) -> Data:
    if node.how in ("known", "unknown"):
        return {"known": node.how == "known"}
    if node.how == "between":
        bounds = {"at_least": node.least, "below": node.below}
        return {name: bound for name, bound in bounds.items() if bound is not None}
    if node.how == "sums":
        return {"sums": dict(node.sums)}
    return {node.how: _written(node.values)}


def hows_for(subject: str) -> tuple[str, ...]:
    """What can be said of a field, by its key; of one nobody knows the kind of, anything."""
    known = FIELD.get(subject)
    return hows_of(known.kind) if known is not None else FACT_HOWS


def hows_of(kind: FieldKind) -> tuple[str, ...]:
    """What can be said of a field of this kind."""
    if kind is FieldKind.NUMBER:
        return ("between", "known", "unknown")
    if kind is FieldKind.MONEY:
        return ("sums", "known", "unknown")
    if kind in (FieldKind.CHOICE, FieldKind.YES_NO):
        return ("is", "known", "unknown")
    return ("is", "has", "known", "unknown")


def _listed(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _written(values: list[str]) -> object:
    return values[0] if len(values) == 1 else list(values)
