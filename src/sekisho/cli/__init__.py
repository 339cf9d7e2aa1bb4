"""The command line: the front door for operators and scripts."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; exit status 0 all well, 1 something was refused or failed, 2 wrong use."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sekisho.web.settings")
    from sekisho.cli.parser import parser
    from sekisho.cli.words import _, told
    from sekisho.core.errors import SekishoError, SettingsError, UsageError

    args = parser().parse_args(argv)
    try:
        status: int = args.run(args)
    except SekishoError as error:
        print(f"sekisho: {told(error)}", file=sys.stderr)
        return 2 if isinstance(error, (UsageError, SettingsError)) else 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("sekisho:", _("stopped; run it again and it goes on"), file=sys.stderr)
        return 130
    return status


if __name__ == "__main__":
    sys.exit(main())
