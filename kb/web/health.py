"""Is the process alive, and can it serve?"""

from django.db import Error, connection
from django.http import HttpResponse
from django.views.decorators.cache import never_cache


@never_cache
def livez(request):
    """Answers as long as the process does; asks nobody."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request):
    """503 while the database does not answer, so that nobody is sent here."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("database away\n", content_type="text/plain", status=503, headers={"Retry-After": "2"})
    return HttpResponse("ok\n", content_type="text/plain")
