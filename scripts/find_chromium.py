"""Print the path of a Chromium that tests can drive; install one when the machine has none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find() -> str | None:
    """Return the path of a Chromium on this machine."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install() -> None:
    """Install Debian's package when root, else the one that Playwright brings."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=quiet, stdout=sys.stderr, check=True)
        packages = ["chromium", "fonts-dejavu-core"]
        command = ["apt-get", "install", "-qq", "--yes", "--no-install-recommends", *packages]
        subprocess.run(command, env=quiet, stdout=sys.stderr, check=True)
    else:
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(command, stdout=sys.stderr, check=True)


def find_or_install() -> str:
    """Return the path of a Chromium, installed for the purpose if need be."""
    if path := find():
        return path
    print("Installing Chromium for the tests.", file=sys.stderr)
    try:
        install()
    except subprocess.CalledProcessError as failed:
        print(f"{' '.join(map(str, failed.cmd))} failed.", file=sys.stderr)
    if path := find():
        return path
    message = "The tests need Chromium: install it, on Debian with `sudo apt-get install chromium`."
    raise SystemExit(message)


if __name__ == "__main__":
    print(find_or_install())
