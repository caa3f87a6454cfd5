"""Import in three steps: read (bytes to records or problems), plan (records against the database), apply (write).

Readers never touch the database: what they need to know of it, the names of the register, is passed in. What they
find is a suggestion; nothing here confirms anything.
"""
