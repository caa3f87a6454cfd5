"""Acts over several rows, or with a who and a when: each one atomic, keyword-only in `by`, and checked by `policy`.

A service raises PermissionDenied when the person may not, `Refused` when the rows do not allow it (naming what
blocks), `StaleVersion` when somebody else was faster. It knows no request and no page.
"""
