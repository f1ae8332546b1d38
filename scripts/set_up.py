"""Set `.venv` up with the locked dependencies; does nothing when it is up to date.

`make` calls this with whatever `python3` the machine has, so the file keeps to what an old
Python understands: it must be able to say that it is too old.
"""

import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, "installed.txt")
OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
# What each purpose installs; all of the first lock is in the second.
LOCKS = {"run": "requirements.lock", "develop": "requirements-dev.lock"}


def main(purpose):
    """Make `.venv` fit for `run` or `develop`, with a sentence when the machine lacks something."""
    os.chdir(ROOT)
    wanted = line_for(purpose)
    if wanted in stamped():
        return
    if not os.path.exists(PYTHON) or not runs(PYTHON, "import pip"):
        make_venv()
    print("Installing the dependencies; this takes about a minute the first time.", flush=True)
    install(LOCKS[purpose])
    purposes = LOCKS if purpose == "develop" else ("run",)
    with open(STAMP, "w") as stamp:
        stamp.writelines(line_for(each) + "\n" for each in purposes)


def line_for(purpose):
    """Return the line that stands in the stamp when this purpose is served."""
    digest = hashlib.sha256()
    for name in (LOCKS[purpose], "pyproject.toml"):
        with open(name, "rb") as source:
            digest.update(source.read())
    return "{} {}".format(purpose, digest.hexdigest())


def stamped():
    """Return the lines of the stamp; none when `.venv` was never finished or its Python is gone."""
    if not os.path.exists(STAMP) or not os.path.exists(PYTHON):
        return []
    with open(STAMP) as stamp:
        return stamp.read().splitlines()


def make_venv():
    """Create `.venv` with a Python that is new enough."""
    python = new_enough()
    if not runs(python, "import ensurepip, venv"):
        raise SystemExit(
            "Python's venv module is missing: install it, on Debian and Ubuntu with "
            "`sudo apt-get install python3-venv`, and run make again."
        )
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.check_call([python, "-m", "venv", VENV])


def new_enough():
    """Return this Python, or a newer one on the machine when this is too old."""
    if sys.version_info >= OLDEST:
        return sys.executable
    for name in NEWER:
        python = shutil.which(name)
        if python and runs(python, "import sys; assert sys.version_info >= (3, 11)"):
            return python
    raise SystemExit(
        "Python 3.11 or newer is needed and this is {}.{}: install one, on Debian and Ubuntu with "
        "`sudo apt-get install python3.11 python3.11-venv`, and run make again.".format(
            sys.version_info[0], sys.version_info[1]
        )
    )


def install(lock):
    """Install exactly what the lock says, and this folder as the package `portal_app`."""
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    exact = ["--require-hashes", "--no-deps", "--requirement", lock]
    itself = ["--no-deps", "--no-build-isolation", "--editable", "."]
    for what in (exact, itself):
        if subprocess.call(pip + what):
            raise SystemExit("Installing failed: see pip's words above, and run make again.")


def runs(python, program):
    """Return whether this Python runs the program."""
    return subprocess.call([python, "-c", program], stderr=subprocess.DEVNULL) == 0


if __name__ == "__main__":
    main(sys.argv[1])
