"""Lists of the desk that are searched by the index of the site's search: by words, their beginnings, phrases and fields."""

from kb.models import FoundKind
from kb.search.finding import rows_found


class FoundByIndex:
    """Comes before the admin class; `search_fields` there only says that there is a box to type in."""

    found_as: FoundKind

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        return queryset.filter(pk__in=rows_found(search_term, self.found_as, user=request.user)), False
