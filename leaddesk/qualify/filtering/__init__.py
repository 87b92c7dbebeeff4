"""Filters as data: which leads a person wants to see, in a form that can be kept, checked and said in words."""
