"""The face for people who sign in: what allauth asks of us, and the pages around it.

Signing in, passwords and codes are allauth's; here stands what the desk wants otherwise: sign-up closed, limits that
hold for an account whatever host or address is claimed, codes that work once, secrets sealed at rest, invitations.
This face must not know the other faces.
"""
