"""The mark on a function that is one verb of a person: it runs inside a step and gives that step its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast

from leaddesk.db.store import Step

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Operation(Protocol[P, T_co]):
    """A function of a step and arguments. `name` is the step's name; undo finds its words under `[steps]`."""

    name: str

    def __call__(self, step: Step, /, *args: P.args, **kwargs: P.kwargs) -> T_co:
        """Does it within a step that is open already."""
        ...


def operation(function: Callable[Concatenate[Step, P], T]) -> Operation[P, T]:
    """Marks a verb: `store.run(verb, …, now=…)` opens a step; within another verb `verb(step, …)` joins its step."""
    verb = cast(Operation[P, T], function)
    verb.name = function.__name__
    return verb
