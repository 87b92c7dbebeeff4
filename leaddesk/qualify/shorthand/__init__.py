"""Shorthand: what a few words typed during a call offer as answers, offline and by rules only."""

from leaddesk.qualify.shorthand.offers import MOST_OFFERS, Offer, Why
from leaddesk.qualify.shorthand.reading import read_shorthand

__all__ = ["MOST_OFFERS", "Offer", "Why", "read_shorthand"]
