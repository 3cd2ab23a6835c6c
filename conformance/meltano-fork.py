"""Runs Meltano again and again, each time in a fork of a process that has imported it already.

Reads a request a line, `{"id": …, "cwd": …, "env": …, "args": …, "log": …}`, and answers `{"id": …, "exit": …}`. What runs is
Meltano's own entry point; only its second of importing is saved.
"""

import json
import os
import sys
import threading

import alembic.command  # noqa: F401
import meltano.cli
import meltano.core.block.block_parser  # noqa: F401
import meltano.core.migration_service  # noqa: F401
import sqlalchemy.dialects.sqlite  # noqa: F401


def run(request):
    """Becomes Meltano with the arguments, variables and folder of the request."""
    log = os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    null = os.open(os.devnull, os.O_RDONLY)
    for descriptor, target in ((null, 0), (log, 1), (log, 2)):
        os.dup2(descriptor, target)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    sys.argv = ["meltano", *request["args"]]
    try:
        meltano.cli.main()
    except SystemExit as error:
        code = error.code
        return code if isinstance(code, int) else int(code is not None)
    return 0


def answer(request, pid):
    """Waits for the fork, and tells how it ended."""
    _, status = os.waitpid(pid, 0)
    exit_code = os.waitstatus_to_exitcode(status)
    sys.stdout.write(json.dumps({"id": request["id"], "exit": exit_code}) + "\n")
    sys.stdout.flush()


for line in iter(sys.stdin.readline, ""):
    request = json.loads(line)
    pid = os.fork()
    if pid == 0:
        try:
            code = run(request)
        except BaseException as error:  # noqa: BLE001
            sys.stderr.write(f"{error!r}\n")
            code = 1
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
    threading.Thread(target=answer, args=(request, pid), daemon=True).start()
