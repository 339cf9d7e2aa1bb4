"""What the server's worker and an owner do in a home, for `bench.accuracy.mails`: parks the named domains, looks at all records."""

from __future__ import annotations

import sys

from sekisho.cli.house import open_house, open_registry
from sekisho.net.http import Http


def main() -> None:
    """The door; the home is that of the environment."""
    settings = open_registry()
    from sekisho import records  # what knows Django comes after its start
    from sekisho.registry.models import Domain

    Domain.objects.filter(name__in=sys.argv[1:]).update(is_parked=True)
    with open_house(settings) as house:
        http = Http()
        while records.refresh(house, http):
            pass


if __name__ == "__main__":
    main()
