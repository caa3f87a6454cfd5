"""How a language writes dates and numbers, where this site writes them otherwise than Django does."""
