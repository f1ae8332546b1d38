"""The tests; importing this package sets the knobs, before anything of the portal is imported.

Every setting of the operator's contract is written out, so that a `.env` of the developer
or a variable of the machine never decides whether a test passes.
"""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="portal-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

for _name in [name for name in os.environ if name.startswith("PORTAL_")]:
    del os.environ[_name]

os.environ |= {
    "PORTAL_MODE": "demo",
    "PORTAL_PORT": "3000",
    "PORTAL_BASE_URL": "",
    "PORTAL_DATA_DIR": _folder,
    "PORTAL_DATABASE_URL": "",
    "PORTAL_REDIS_URL": "",
    "PORTAL_SMTP_URL": "",
    "PORTAL_BRAND": "techniekplus",
    "PORTAL_BCRYPT_COST": "4",  # the lowest there is: the same code, a thousand times faster
}
