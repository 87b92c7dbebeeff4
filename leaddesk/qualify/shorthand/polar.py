"""Yes, no, `won't say` and `doesn't know`, whatever they were asked."""

from __future__ import annotations

import re

from leaddesk.qualify.playbook import Question
from leaddesk.qualify.shorthand.line import Clause
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import QuestionKind, Standing

_NT = "(?:n't| not|n t|nt)"
_EVADED = re.compile(
    rf"(?<![a-z])(?:(?:wo|would|could|did|does|do|ca|can){_NT} (?:want to )?(?:say|tell|share|disclose|comment|reveal|"
    r"talk about|discuss|answer)|refuse[sd]? to (?:say|tell|answer|share)|no comment|dodge[sd]?|evade[sd]?|evasive|"
    r"avoid(?:s|ed) (?:it|the question|answering)|confidential|not telling|kept it to (?:him|her)self|"
    r"changed the subject|rather not say|not (?:allowed|willing|ready) to (?:say|share|tell|disclose))(?![a-z])|"
    r"不(?:太|大)?(?:方便|便|肯|愿意?|想|能|好)(?:说|透露|讲|告诉|谈|回答|多说)|不透露|没(?:肯)?(?:正面)?(?:透露|松口|正面回答)|"
    r"避而不(?:谈|答)|岔开|绕开|回避|保密|打太极|顾左右而言他"
)
_UNKNOWN = re.compile(
    rf"(?<![a-z])(?:(?:do|does|did){_NT}(?: really| yet)? know|dunno|no idea|not sure|unsure|unclear|unknown|no clue|"
    r"not (?:yet )?(?:decided|fixed|set|known|clear|defined|settled)(?: yet)?|undecided|tbd|"
    r"to be (?:decided|defined|confirmed)|(?:has|have|needs?|will) to (?:ask|check|find out)|hard to say|"
    rf"can{_NT} say yet|is{_NT} (?:decided|fixed|known|clear|sure)(?: yet)?)(?![a-z])|"
    r"不(?:太|大|是很|怎么)?(?:知道|清楚|确定|了解|晓得|明确)|没(?:有)?(?:概念|底|想好|数)|说不(?:准|好|清|上来)|还?不好说|"
    r"(?:还|都|也)?(?:没有?|未)(?:定下来|确定|定(?!金|制))|待定|(?:要|得|需要)(?:回去)?(?:问问|问一下|确认一下|查一下)"
)
_YES = re.compile(
    r"(?<![a-z])(?:yes|yeah|yep|yup|sure|of course|absolutely|definitely|indeed|exactly|correct|right)(?![a-z])|"
    r"(?<![不没])(?:是的?|对的?|没错|可以|愿意|当然|肯定|行|会的?|嗯|没问题)"
)
_NO = re.compile(
    r"(?<![a-z])(?:no|nope|nah|not really|no way|not at all|never)(?![a-z])|"
    r"不是的?|不会|不行|不可以|不愿意|不对|没有|否|不"
)
# How a label begins that says yes or no and goes on: `Yes, it is approved`.
_BEGINS = {
    True: re.compile(r"(?:yes|是|对)(?=[\s,，.。、；;]|$)", re.IGNORECASE),
    False: re.compile(r"(?:no|不是|不|否)(?=[\s,，.。、；;]|$)", re.IGNORECASE),
}


def find_evasion(low: str, clause: Clause) -> tuple[Standing, int, int] | None:
    """Whether and where a clause says that nothing was told, or that it is not known."""
    for standing, pattern in ((Standing.EVADED, _EVADED), (Standing.UNKNOWN, _UNKNOWN)):
        found = pattern.search(low, clause.start, clause.end)
        if found is not None:
            return standing, found.start(), found.end()
    return None


def find_polar(low: str, clause: Clause) -> tuple[bool, int, int] | None:
    """Whether and where a clause says yes (True) or no."""
    for yes, pattern in ((False, _NO), (True, _YES)):
        found = pattern.search(low, clause.start, clause.end)
        if found is not None:
            return yes, found.start(), found.end()
    return None


def polar_answer(question: Question, yes: bool) -> Said | None:
    """The answer of a question that says yes, or no; None where not just one does."""
    if question.kind not in {QuestionKind.YES_NO, QuestionKind.SINGLE}:
        return None
    key = "yes" if yes else "no"
    if question.answer(key) is not None:
        return Said(keys=(key,))
    begins = _BEGINS[yes]
    matching = [answer.key for answer in question.answers if any(map(begins.match, answer.label.values()))]
    return Said(keys=(matching[0],)) if len(matching) == 1 else None
