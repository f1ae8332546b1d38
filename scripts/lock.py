"""Write the lock files anew: the newest versions that pyproject.toml allows, for every platform.

`make lock` does this. The hashes are of all files that the package index has for a version, and
no host is written down.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UV = Path(sys.executable).with_name("uv")
# Whatever this machine prefers, be it a mirror or a folder of wheels, stays out of the locks.
PREFERENCES = ("UV_", "PIP_")


def lock(name: str, *choices: str) -> None:
    """Resolve for every platform and Python from 3.11 on, and write the lock."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(PREFERENCES)}
    command = [str(UV), "pip", "compile", "pyproject.toml", "--output-file", name, *choices]
    command += ["--quiet", "--no-config", "--upgrade", "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate"]
    subprocess.run([*command, "--group", "install"], cwd=ROOT, env=clean, check=True)


if __name__ == "__main__":
    lock("requirements.lock")
    lock("requirements-dev.lock", "--extra", "dev", "--constraint", "requirements.lock")
