"""The command line: the front door for operators and scripts."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn


def command() -> NoReturn:
    """The program `sekisho`. It leaves without taking the interpreter apart, and hardly looks for garbage while it loads.

    Together they are a sixth of what a short command costs. What has to be done at the end is done: `atexit`, files, databases.
    """
    gc.set_threshold(100_000, 20, 100)
    try:
        status = main()
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    atexit._run_exitfuncs()
    if "django.db" in sys.modules:
        from django.conf import settings
        from django.db import connections

        if settings.configured:
            connections.close_all()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            status = status or 1
    os._exit(status)


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
    command()
