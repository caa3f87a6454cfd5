"""Where a request came from, as far as it can be believed."""

import ipaddress


def origin(peer: str, forwarded: str, trusted: int) -> str:
    """The address of the visitor behind `trusted` proxies of ours, or "unknown".

    Each proxy appends the address it saw to `forwarded` (X-Forwarded-For); whatever stands further left was written by
    the visitor and counts for nothing. An IPv6 address is cut to its /64, which one household owns.
    """
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    said = hops[-trusted] if 0 < trusted <= len(hops) else peer
    return _network(said) or _network(peer) or "unknown"


def _network(address: str) -> str:
    address = address.strip()
    if address.startswith("["):
        address = address[1:].partition("]")[0]
    elif address.count(":") == 1:
        address = address.partition(":")[0]
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found.packed, 64), strict=False).network_address)
