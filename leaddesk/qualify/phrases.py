"""The small language of `hears`: what a person writes for an answer, as a pattern that is safe to search for.

`(a|b)` one of them · `[a]` may be missing · `…` up to a few words · `{name}` a person's name · in front `=`: the phrase
says all its clause says · in front `+`: it counts only beside a word of its question.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

#: The longest phrase that is read.
LONGEST = 600

# Each multiplies what a search may have to try.
_MOST_GROUPS = 10
_MOST_GAPS = 2

#: Words that turn what follows into its opposite.
NOT = r"(?<![a-z])(?:not|no|never|none|cannot|without|[a-z]+n't)(?![a-z'])|没|不|未|无"

_HAN = "\u3400-\u9fff"
# Not in the middle of a Latin word or a number.
EDGE = r"(?:(?<![0-9a-z\u00e0-\u024f])|(?![0-9a-z\u00e0-\u024f]))"
_SPACE = r"[\s\-]+"
_GAP = rf"{EDGE}(?:(?!{NOT}).){{0,18}}?{EDGE}"

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔"
    "任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚"
)
_TITLED = "总监|总|经理|工|主任|董|老师|先生|女士|部长|处长|科长|院长|校长|主管|局长|所长"
_LATIN_NAME = (
    r"(?-i:(?:(?:Mrs?|Ms|Dr|Prof|Herr|Frau|Pan|Pani|Señora?)\.? )?[A-Z\u00c0-\u017d][\w'’-]+"
    r"(?:(?: (?:van|von|de|der|den|da|di|la|le|bin|al))* [A-Z\u00c0-\u017d][\w'’-]+){0,2})"
)
_HAN_NAME = (
    rf"[小老]?(?:(?:欧阳|司马|上官|诸葛|皇甫|慕容|[{_SURNAMES}])(?:[{_HAN}]{{0,2}}(?:{_TITLED})|[{_HAN}]{{1,2}})|"
    rf"(?<=[小老])[{_SURNAMES}])"
)
NAME = rf"(?P<name>{EDGE}{_LATIN_NAME}|{_HAN_NAME})"

# What begins with a capital or a surname's character and is nobody.
_NOBODY = frozenset(
    "i we they he she it you the this that who what when where why how nobody everyone everybody somebody someone "
    "anybody anyone all budget management purchasing procurement headquarters hq committee board team group yes no "
    "then there here it finance legal nothing not both people money one if and but so maybe probably mon tue wed "
    "thu fri sat sun monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december today tomorrow "
    "方案 方面 方式 方向 高层 高管 高级 高端 程序 金额 金融 任务 任何 常规 常务 白天 成本 周一 周二 周三 周四 "
    "周五 周六 周日 周末 周围 万一 余额 石油 马上 许多 何时 何人 江苏 康复 严格 白板 毛利 毛病 史上 龙头 段落 "
    "牛人 田里 金主 常见 常常 高兴 方便 钱款 余款 万元 万事 顾问 顾客 施工 任务组 高管层 程度 白领 贺卡 许可 "
    "谢谢 江浙 段时间 方案组".split()
)


# What a phrase without gaps, names and parts that may be missing looks like: words and flat groups.
_WORD = r"[^\s\-()\[\]|{}…][^()\[\]|{}…]*"
_PLAIN = re.compile(
    rf"[=+]?(?:(?:[^\s\-()\[\]|{{}}…=+]|\({_WORD}(?:\|{_WORD})*\))(?:[^()\[\]|{{}}…]|\({_WORD}(?:\|{_WORD})*\))*)"
)


class How(enum.StrEnum):
    """Where a phrase counts: anywhere, as all that is said, or beside a word of its question."""

    ANYWHERE = ""
    ALONE = "="
    BESIDE = "+"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as a regular expression over folded text; one that is `named` wants text with its capitals kept.

    `anchors`: one of these words must be in a text (in lower case, without blanks) that holds the phrase.
    """

    pattern: str
    how: How
    named: bool
    anchors: frozenset[str]


def read_phrase(text: str) -> Phrase:
    """The phrase that a text of `hears` writes. Raises ValueError where it cannot be read."""
    how = How(text[0]) if text[:1] in {How.ALONE, How.BESIDE} else How.ANYWHERE
    body = text.removeprefix(how.value).strip()
    if len(body) > LONGEST:
        raise ValueError(text)
    reader = _Reader(text, _TOKEN.findall(body))
    pattern, anchors = reader.alternatives()
    # Where nothing must be there, it would be heard everywhere.
    if reader.next or reader.names > 1 or not anchors:
        raise ValueError(text)
    return Phrase(f"{EDGE}{pattern}{EDGE}", how, reader.names == 1, anchors)


@lru_cache(maxsize=4096)
def check_phrase(text: str) -> None:
    """Raises ValueError where a phrase cannot be read; quicker than reading it."""
    if len(text) > LONGEST or text.count("(") > _MOST_GROUPS or "..." in text or not _PLAIN.fullmatch(text):
        read_phrase(text)


def is_name(text: str) -> bool:
    """Whether what was found in a name's place can be one."""
    if re.match("周[一二三四五六日天末]", text):
        return False
    return text.casefold() not in _NOBODY and text.split(maxsplit=1)[0].casefold() not in _NOBODY


_TOKEN = re.compile(rf"\{{name\}}|\.\.\.|[{_HAN}]+|[^\W_{_HAN}]+|[\s\-]+|.", re.DOTALL)
_Read: TypeAlias = tuple[str, frozenset[str]]
_NOTHING: frozenset[str] = frozenset()


class _Reader:
    """Reads a phrase from left to right, as a pattern and its anchors: none where it may be missing."""

    def __init__(self, text: str, tokens: list[str]) -> None:
        self.text = text
        self.names = 0
        self._tokens = [*tokens, ""]
        self._place = 0
        self._groups = 0
        self._gaps = 0
        self._after_han = False
        self._spaced = True

    @property
    def next(self) -> str:
        """The one to read next; empty at the end."""
        return self._tokens[self._place]

    def alternatives(self) -> _Read:
        """Sequences between bars, up to a closing bracket or the end."""
        parts = [self._sequence()]
        while self.next == "|":
            self._place += 1
            parts.append(self._sequence())
        if len(parts) == 1:
            return parts[0]
        anchors = _NOTHING.union(*(anchors for _, anchors in parts)) if all(one for _, one in parts) else _NOTHING
        # Longer ones first: of two that begin alike, the longer is meant.
        return f"(?:{'|'.join(sorted((pattern for pattern, _ in parts), key=len, reverse=True))})", anchors

    def _sequence(self) -> _Read:
        out: list[str] = []
        best = _NOTHING
        self._spaced = True
        while (piece := self.next) and piece not in "|)]":
            self._place += 1
            if piece in "([":
                anchors = self._group(piece, out)
            elif piece[0].isspace() or piece[0] == "-":
                anchors = _NOTHING
                if not self._spaced:
                    out.append(_SPACE)
                self._spaced = True
            else:
                anchors = self._piece(piece, out)
            # What is longest is rarest, and keeps a line that lacks it from being searched.
            if anchors and (not best or min(map(_weight, anchors)) > min(map(_weight, best))):
                best = anchors
        if not out:
            raise ValueError(self.text)
        return "".join(out), best

    def _piece(self, piece: str, out: list[str]) -> frozenset[str]:
        """A word, a gap or a name."""
        self._spaced = piece in _GAPS
        if piece in _GAPS:
            self._gaps += 1
            if self._gaps > _MOST_GAPS:
                raise ValueError(self.text)
            while out and out[-1] == _SPACE:
                out.pop()
            out.append(_GAP)
        elif piece == "{name}":
            self.names += 1
            out.append(NAME)
        elif piece in "{}":
            raise ValueError(self.text)
        elif _IS_HAN.match(piece):
            # Chinese notes put blanks where they like.
            out.append((" ?" if self._after_han else "") + " ?".join(piece))
            self._after_han = True
            return frozenset({piece})
        else:
            word = "'" if piece == "’" else piece.lower()
            out.append(re.escape(word))
            return frozenset({word})
        return _NOTHING

    def _group(self, opening: str, out: list[str]) -> frozenset[str]:
        self._groups += 1
        if self._groups > _MOST_GROUPS:
            raise ValueError(self.text)
        spaced = self._spaced
        inner, anchors = self.alternatives()
        if self.next != {"(": ")", "[": "]"}[opening]:
            raise ValueError(self.text)
        self._place += 1
        self._spaced = False
        if opening == "(":
            out.append(f"(?:{inner})")
            return anchors
        # The space beside a part that may be missing is missing with it.
        if spaced and self.next[:1] in {" ", "-"}:
            self._place += 1
            self._spaced = True
            out.append(f"(?:(?:{inner}){_SPACE})?")
        elif out and out[-1] == _SPACE:
            out.pop()
            out.append(f"(?:{_SPACE}(?:{inner}))?")
        else:
            out.append(f"(?:{inner})?")
        return _NOTHING


_GAPS = frozenset({"…", "..."})
_IS_HAN = re.compile(f"[{_HAN}]")


def _weight(word: str) -> int:
    return len(word) * 2 if _IS_HAN.match(word) else len(word)
