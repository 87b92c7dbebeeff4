"""The line of what a problem names."""

from __future__ import annotations

import pytest

from leaddesk.exchange.playbook_draft import draft_of
from leaddesk.exchange.playbook_lines import line_of
from leaddesk.resources import text_of

TEXT = """# a comment
key = "x"
name = { en = "X" }

[grades]
hot = 5

# above
[[stages]]
key = "a"

[[stages]]
key = "b"
gate = [
  { code = "one" },
  { code = "two", when = { question = "q" } },
]
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("", 0),
        ("name.en", 2),
        ("grades.hot", 5),
        ("grades.warm", 4),
        ("stages[0]", 8),
        ("stages[1].key", 12),
        ("stages[1].gate[1].when.question", 15),
        ("stages[1].limit", 11),
        ("nowhere", 0),
    ],
)
def test_a_path_leads_to_its_line(path: str, line: int) -> None:
    assert line_of(draft_of(TEXT), path) == line


def test_every_stage_of_the_shipped_one_is_found() -> None:
    draft = draft_of(text_of("playbooks", "default.toml"))
    lines = draft.text.splitlines()
    for number, stage in enumerate(draft.tables("stages")):
        assert lines[line_of(draft, f"stages[{number}].key")] == f'key = "{stage["key"]}"'
