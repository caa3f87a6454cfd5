"""What a saved web page says: its article's text with places in the source, and its fields."""
