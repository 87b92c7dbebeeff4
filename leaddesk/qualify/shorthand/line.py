"""A line as it is read: folded without moving a letter, in clauses, and what in it adds nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from leaddesk.qualify.phrases import NOT

#: Letters of a line that are read; what is pasted beyond them is a note, no shorthand.
MOST = 600

_HAN = "\u3400-\u9fff"
_SIGNS = str.maketrans({"’": "'", "‘": "'", "，": ",", "；": ";", "？": "?", "！": "!", "。": ".", "：": ":"})


@dataclass(frozen=True, slots=True)
class Line:
    """`plain` keeps its capitals, `low` does not; both have a letter for each letter of the text."""

    plain: str
    low: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a line, [start, end). `asks`: it is a question."""

    start: int
    end: int
    asks: bool = False


def fold(text: str) -> Line:
    """The line that a text is, with widths, quotes and blanks in one form."""
    plain = "".join(map(_narrow, text[:MOST]))
    return Line(plain, "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in plain))


def _narrow(letter: str) -> str:
    if letter < "\x7f":
        return letter if letter > " " or letter == "\n" else " "
    narrow = unicodedata.normalize("NFKC", letter).translate(_SIGNS)
    if len(narrow) != 1:
        return letter
    return " " if narrow.isspace() else narrow


def clauses(low: str) -> list[Clause]:
    """What a line says, one thing after the other; between Chinese words a blank parts as well."""
    found: list[Clause] = []
    start = 0
    for end in [*(match.start() for match in _BREAK.finditer(low)), len(low)]:
        piece = low[start:end]
        if piece.strip(" ,;.!?、\n"):
            asks = low[end : end + 1] == "?" or _ASKS.search(piece) is not None
            found.append(Clause(start, end, asks))
        start = end + 1
    return found


def at_blanks(low: str, clause: Clause) -> list[Clause]:
    """A clause cut at the blanks between Chinese words."""
    cuts = [clause.start, *(found.start() for found in _BLANK.finditer(low, clause.start, clause.end)), clause.end]
    return [Clause(start, end, clause.asks) for start, end in pairwise(cuts)]


def rest_of(low: str, clause: Clause, taken: Iterable[tuple[int, int]], fillers: re.Pattern[str]) -> str:
    """What a clause says beside the spans that are understood and words that add nothing."""
    letters = list(low[clause.start : clause.end])
    for start, end in taken:
        for place in range(max(start, clause.start), min(end, clause.end)):
            letters[place - clause.start] = "\t"
    return fillers.sub(" ", "".join(letters)).translate(_DROPPED)


def size_of(text: str) -> int:
    """How many words a text has; two Chinese signs count as one."""
    return len(re.findall(rf"[^\W_{_HAN}]+", text)) + (len(re.findall(f"[{_HAN}]", text)) + 1) // 2


_DROPPED = str.maketrans(dict.fromkeys("\t \n,;.:!?、~≈-–—=()'\"“”/+<>*·…", ""))
# A comma or point between digits belongs to the number, a point within a word to the word.
_BREAK = re.compile(
    r"[;!?、\n|]|,(?!\d)|(?<!\d),|(?<!\bmr)(?<!\bms)(?<!mrs)(?<!\bdr)(?<!prof)\.(?=\s|$)|(?<![0-9a-z])\.|\s[-–—/&+]+\s|\bthen\b|然后|但是|不过(?=[^0-9一-十])"
)
_BLANK = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")
_ASKS = re.compile(r"[吗么呢]\s*$|^\s*(?:谁|什么时候|多少|几时|(?:when|who|what|how|which|why)(?![a-z']))[^:=]*$")

_EN_VALUE = (
    "about|around|roughly|approximately|approx|circa|ca|maybe|perhaps|probably|some|something|like|say|says|said|so|"
    "it's|its|it is|that's|that is|they've|we've|we have|they have|has|have|got|they|we|in total|total|overall|"
    "altogether|up to|max|maximum|at least|at most|minimum|min|more than|over|under|below|less than|fewer than|or more|"
    "or so|or less|this|the|a|an|of|to|for|is|ish|just|only|already|plus|between|and|also"
)
_EN_TALK = "ok|okay|well|please|yes|yeah|hm|hmm|uh|um|right"
_EN_DAY = (
    "by|in|on|at|until|till|before|around|about|roughly|maybe|perhaps|probably|ideally|hopefully|latest|the latest|"
    "earliest|the|for|no later than|not later than|say|sometime|some time|and|also|from"
)
_EN_LINK = (
    f"{_EN_VALUE}|{_EN_DAY}|are|be|was|were|will|would|should|could|must|need|needs|needed|want|wants|wanted|plan|"
    "planned|plans|planning|target|aim|aims|aiming|expect|expects|expected|this|there|their|our|his|her|my|us|them|"
    "year|project|set|it|with|end|date|currently|now|currently|right now|today|i|he|she|who|which|full|then|up|down|"
    "next year's|this year's|new|all|whole|company|firm|group|team|worldwide|globally|altogether|employ|employs|"
    "please|ok|okay|well|hm|hmm|uh|um|across|sites|locations|countries|offices|business|us all|strong|any|as|soon"
)
_ZH_VALUE = (
    "大概|大约|大致|约莫|约|差不多|左右|上下|可能|估计|应该|预计|总共|一共|之间|将近|接近|近|起码|顶多|不低于|不少于|出头|开外|也就|共|不超过|最多|最少|至少|不到|不足|少于|低于|超过|"
    "以上|以下|以内|之内|我们|咱们|他们|这边|公司|就|是|有|要|的|吧|啊|哈|嗯|呃|元|块钱|块|钱|那就|说"
)
_ZH_DAY = (
    "大概|大约|约|差不多|左右|可能|应该|最晚|最迟|最好|争取|希望|计划|打算|预计|估计|在|到|的|吧|之前|以前|前|内|之内|以内|"
    "嗯|呃"
)
_ZH_LINK = (
    f"{_ZH_VALUE}|{_ZH_DAY}|也|能|会|得|于|为|个|全|目前|现在|今年|准备|定在|定于|定为|定|控制在|放在|安排在|他|她|您|对方|"
    "时间|日期|了|我|这个|项目|整个|集团|总数|总|全国|全球|上|大|能有|拿出|出|给|这块|里|都|正式|系统|全部|要求|必须|一定"
)


def _fillers(english: str, chinese: str) -> re.Pattern[str]:
    words = "|".join(sorted(english.split("|"), key=len, reverse=True))
    signs = "|".join(sorted(chinese.split("|"), key=len, reverse=True))
    return re.compile(rf"(?<![0-9a-z'])(?:{words})(?![0-9a-z'])|{signs}")


#: Words around a sum or number, around a day, and between any of them and a word of its question.
AROUND_SUM = _fillers(f"{_EN_VALUE}|{_EN_TALK}", _ZH_VALUE)
AROUND_DAY = _fillers(f"{_EN_DAY}|{_EN_TALK}", _ZH_DAY)
LINKING = _fillers(_EN_LINK, _ZH_LINK)

#: It may be so or not, or it was so long ago: nothing to take up.
UNSURE = re.compile(
    r"(?<![a-z])(?:if|unless|whether|assuming|suppose|supposing|imagine|last year(?:'s)?|used to|years ago|back then|"
    r"previously|formerly|in the past)(?![a-z])|"
    r"如果|要是|假如|假设|万一|是否|能否|是不是|有没有|会不会|能不能|去年|前年|往年|上一年|当年|曾经"
)
_NEGATED = re.compile(
    r"(?:(?<![a-z])(?:not|no|never|without|nobody|[a-z]+n't)\s+(?:[a-z]+\s+)?|"
    r"(?:没|不|未|无|别)[是有会能用太想再由让需]{0,2}\s?)$"
)
_TURNED = re.compile(r"\s?(?:不|没)| (?:issue|problem|concern|limit|constraint|worrie)s?(?![a-z])")
_NEGATIVE = re.compile(NOT)
_BOUNDS = re.compile(
    r"(?<![a-z])(?:no|not) (?:more|less|fewer|later) than|why not|no problem|not bad|不超过|不到|不足|不少于|不低于|"
    r"不止|差不多|不晚于|没问题|不错|不小于|无论|要不"
)


def is_denied(low: str, clause: Clause, start: int, end: int) -> bool:
    """Whether the words of [start, end) are taken back by what stands right before or after them."""
    return _NEGATED.search(low[clause.start : start]) is not None or _TURNED.match(low, end) is not None


def has_no(low: str, clause: Clause, taken: Iterable[tuple[int, int]]) -> bool:
    """Whether a clause says no to something other than the spans that are understood."""
    letters = list(low[clause.start : clause.end])
    for start, end in taken:
        for place in range(max(start, clause.start), min(end, clause.end)):
            letters[place - clause.start] = "\t"
    return _NEGATIVE.search(_BOUNDS.sub("\t", "".join(letters))) is not None
