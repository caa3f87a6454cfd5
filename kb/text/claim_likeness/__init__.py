"""Whether two claims say the same, and if not, in what they differ: number, time, actor or opposite.

Rules and small word lists rather than a model, so that the page can show why. What the rules cannot tell is called
similar: "same" is said only where nothing speaks against it.
"""

from .comparing import Comparison, Relation, Span, compare
from .reading import Statement, fragments, read

__all__ = ["Comparison", "Relation", "Span", "Statement", "compare", "fragments", "read"]
