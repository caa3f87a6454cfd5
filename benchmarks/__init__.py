"""Measurements: not part of the product, and nothing in it imports them."""
