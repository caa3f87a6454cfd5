"""Arabic with European digits."""
