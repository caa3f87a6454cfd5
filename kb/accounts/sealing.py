"""Seals what must not be readable in a copy of the database, with a key made of the installation's secret."""

import base64
import functools

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


@functools.cache
def _keys(secrets: tuple[str, ...]) -> MultiFernet:
    def key(secret: str) -> bytes:
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"kb second factors").derive(secret.encode())

    return MultiFernet([Fernet(base64.urlsafe_b64encode(key(secret))) for secret in secrets])


def _box() -> MultiFernet:
    return _keys((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def seal(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed. Raises cryptography.fernet.InvalidToken when none of the installation's secrets fits."""
    return _box().decrypt(sealed.encode()).decode()
