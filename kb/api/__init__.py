"""The face for programs: the same rows by the same `visible_to`, as JSON.

It must not know the other faces. Addresses of a reader's page are answered without a session, as that page is.
"""
