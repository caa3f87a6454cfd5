"""What every template may rely on."""

from django.conf import settings


def site(request) -> dict:
    return {"site_name": settings.KB_SITE_NAME}
