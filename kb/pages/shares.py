"""Shares of counts, with the interval that so few cases leave open; of a handful none is given."""

from dataclasses import dataclass
from math import sqrt

from django.utils.translation import gettext as _

# Of fewer cases than this a share says nothing.
ENOUGH = 5
# The normal quantile of a two-sided 95 % interval.
Z = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; `low` and `high` bound the share, in parts of one."""

    count: int
    whole: int
    low: float
    high: float

    @property
    def percent(self) -> str:
        return _("%(percent)d %%") % {"percent": round(100 * self.count / self.whole)}

    @property
    def interval(self) -> str:
        low, high = round(100 * self.low), round(100 * self.high)
        return _("%(low)d to %(high)d %%") % {"low": low, "high": high}


def share(count: int, whole: int) -> Share | None:
    """The share with its 95 % interval; None where there are not enough cases to give one."""
    return Share(count, whole, *wilson(count, whole)) if whole >= ENOUGH else None


def wilson(count: int, whole: int) -> tuple[float, float]:
    """The Wilson score interval of a share, 95 %, two-sided, without continuity correction.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
    Statistical Association 22 (1927), 209-212. Unlike the textbook interval it holds for few cases and for shares
    near 0 and 1 (L. D. Brown, T. T. Cai, A. DasGupta, "Interval estimation for a binomial proportion", Statistical
    Science 16 (2001), 101-133).
    """
    observed, square = count / whole, Z * Z
    middle = observed + square / (2 * whole)
    reach = Z * sqrt(observed * (1 - observed) / whole + square / (4 * whole * whole))
    scale = 1 + square / whole
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)
