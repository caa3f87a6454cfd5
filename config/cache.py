"""Keys of the cache, so hashed that whoever reads the table learns neither a name nor an address."""

from django.conf import settings
from django.utils.crypto import salted_hmac


def hashed(key: str, prefix: str, version: int) -> str:
    return salted_hmac(
        "kb.cache", f"{prefix}:{version}:{key}", secret=settings.SECRET_KEY, algorithm="sha256"
    ).hexdigest()
