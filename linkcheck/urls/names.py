"""Names of hosts: which of them everybody's resolver can know."""

# Of a house, a company or another network than the web (RFC 6761, 6762 G, 7686, 8375, 9476).
_ELSEWHERE = (
    *(".alt", ".corp", ".home", ".home.arpa", ".i2p", ".intranet", ".lan", ".local", ".localhost"),
    *(".onion", ".private"),
)


def is_public_name(host: str) -> bool:
    """Tell a name that the public web has or has not; of others its silence says nothing."""
    name = host.lower().removesuffix(".")
    return "." in name and not name.endswith(_ELSEWHERE)
