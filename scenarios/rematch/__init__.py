"""Matching a round again after changes, with regard to the pairs that stand already."""
