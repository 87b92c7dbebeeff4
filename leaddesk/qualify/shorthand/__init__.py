"""Shorthand: what a few words typed during a call offer as answers, offline and by rules only."""

from leaddesk.qualify.shorthand.offers import MOST_OFFERS, Offer, Why
from leaddesk.qualify.shorthand.reading import read_shorthand
from leaddesk.qualify.shorthand.words import prepare

__all__ = ["MOST_OFFERS", "Offer", "Why", "prepare", "read_shorthand"]
