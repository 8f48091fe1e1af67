"""Write requirements.txt and requirements-dev.txt anew out of their .in files, with the hash of every file."""

import os
import subprocess
import sys

from ops.places import CACHE, ROOT, VAR, say
from ops.setup import require

TOOL = "pip-tools~=7.6.2"
OPTIONS = ["--quiet", "--generate-hashes", "--strip-extras", "--allow-unsafe"]
# The locked files must read the same wherever they were made: no index, no folder of this machine.
OPTIONS += ["--no-emit-index-url", "--no-emit-find-links", "--no-emit-trusted-host"]


def lock():
    folder = VAR / "lock-venv"
    own = {**os.environ, "PIP_CACHE_DIR": str(CACHE / "pip"), "CUSTOM_COMPILE_COMMAND": "make lock"}
    own["XDG_CACHE_HOME"] = str(CACHE)
    if not folder.exists():
        require(sys.executable, "-m", "venv", folder, env=own)
        require(folder / "bin" / "pip", "install", "--quiet", TOOL, env=own)
    for name in ("requirements", "requirements-dev"):
        say(f"Locking {name}.txt")
        require(folder / "bin" / "pip-compile", *OPTIONS, *sys.argv[1:], "-o", f"{name}.txt", f"{name}.in", env=own)
    subprocess.run(["git", "diff", "--stat", "--", "requirements.txt", "requirements-dev.txt"], cwd=ROOT, check=False)


if __name__ == "__main__":
    lock()
