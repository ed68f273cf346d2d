"""The commands, one file each."""


def main() -> None:
    """Filled in below."""
