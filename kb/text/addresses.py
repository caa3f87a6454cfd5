"""Addresses of the web, as pages print them."""

from urllib.parse import urlsplit

LONGEST = 2000


def is_web_address(address: str) -> bool:
    """An address of the web with a host; anything else, such as `javascript:`, is none."""
    if len(address) > LONGEST or any(letter.isspace() or ord(letter) < 32 for letter in address):
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def host_of(address: str) -> str:
    """The host of an address of the web, without "www."; empty for anything else."""
    return (urlsplit(address).hostname or "").removeprefix("www.") if is_web_address(address) else ""
