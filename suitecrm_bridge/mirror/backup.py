"""A copy of the mirror as it was before a newer version changed it for good."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

from suitecrm_bridge.errors import StoreError
from suitecrm_bridge.files import replacing
from suitecrm_bridge.i18n import text
from suitecrm_bridge.mirror.lock import MIRROR_FILE

logger = logging.getLogger(__name__)

BACKUP_FILE = f"{MIRROR_FILE}.before-upgrade"


def keep(home: Path) -> None:
    """Copy the mirror, which nobody has open, and say that there is no other way back.

    Raises:
        StoreError: there is no room for a second one; the mirror is as it was.
    """
    file, kept = home / MIRROR_FILE, home / BACKUP_FILE
    try:
        with file.open("rb") as opened, replacing(kept, private=True) as copy:
            shutil.copyfileobj(opened, copy)
    except OSError as error:
        raise StoreError(text("mirror.no_backup", file=kept, error=error)) from error
    logger.warning("%s", text("mirror.upgrading", file=file, kept=kept))
