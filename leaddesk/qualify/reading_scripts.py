"""Reads the scripts of a playbook, and tells what is wrong with how they hang together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from leaddesk.qualify.playbook import Criterion, Playbook, Script, ScriptGroup
from leaddesk.qualify.problems import Problem
from leaddesk.qualify.reading_conditions import read_condition
from leaddesk.qualify.references import References
from leaddesk.qualify.sections import Section

_MOST_MINUTES = 24 * 60


def read_scripts(root: Section, criteria: Sequence[Criterion], call_minutes: int) -> tuple[Script, ...]:
    """The scripts as written. A group that is a criterion has its label and letter where it names none."""
    by_key = {criterion.key: criterion for criterion in criteria}
    return tuple(_script(table, by_key, call_minutes) for table in root.sections("scripts"))


def check_scripts(references: References) -> Iterator[Problem]:
    """What is wrong although each value could be read: names that do not exist, and how many scripts are the usual one.

    What a script speaks of is noted with the references.
    """
    scripts = references.playbook.own_scripts
    for place, script in enumerate(scripts):
        asked: set[str] = set()
        for number, group in enumerate(script.groups):
            path = f"scripts[{place}].groups[{number}].questions"
            for count, key in enumerate(group.questions):
                references.exists(f"{path}[{count}]", "no_question", key, references.playbook.question)
                if key in asked:
                    yield Problem(f"{path}[{count}]", "asked_twice", {"value": key})
                asked.add(key)
    usual = [place for place, script in enumerate(scripts) if script.when is None]
    if scripts and not usual:
        yield Problem("scripts", "no_usual_script")
    for place in usual[1:]:
        yield Problem(f"scripts[{place}]", "two_usual_scripts", {"other": scripts[usual[0]].key})


def script_keys(playbook: Playbook) -> Iterator[tuple[list[str], str]]:
    """Keys that must differ, with the path of each."""
    yield [script.key for script in playbook.own_scripts], "scripts[{}].key"
    for place, script in enumerate(playbook.own_scripts):
        yield [group.key for group in script.groups], f"scripts[{place}].groups[{{}}].key"


def _script(table: Section, criteria: Mapping[str, Criterion], call_minutes: int) -> Script:
    script = Script(
        key=table.key(),
        name=table.texts("name"),
        about=table.texts("about", required=False),
        groups=tuple(_group(one, criteria) for one in table.sections("groups", required=True)),
        minutes=table.whole("minutes", least=1, most=_MOST_MINUTES) or call_minutes,
        when=read_condition(table, "when"),
    )
    table.done()
    return script


def _group(table: Section, criteria: Mapping[str, Criterion]) -> ScriptGroup:
    key = table.key()
    criterion = criteria.get(key)
    label = table.texts("label", required=criterion is None)
    letter = table.texts("letter", required=criterion is None)
    group = ScriptGroup(
        key,
        label or (criterion.label if criterion else {}),
        letter or (criterion.letter if criterion else {}),
        _questions(table),
    )
    table.done()
    return group


def _questions(table: Section) -> tuple[str, ...]:
    if table.values.get("questions") == []:
        table.pass_over("questions")
        table.wrong("questions", "empty_list")
        return ()
    return table.words("questions", required=True)
