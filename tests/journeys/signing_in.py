"""Signing in as a person does."""


def sign_in(page, username: str, password: str = "a good password") -> None:
    """Fill in the form that stands before the page, or go there."""
    if "/accounts/login/" not in page.url:
        page.goto("/accounts/login/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
