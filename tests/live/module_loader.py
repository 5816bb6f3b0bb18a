"""SuiteCRM's Module Loader for the driver: the product's, and what only tests do with it."""

from __future__ import annotations

from urllib.parse import urljoin

from suitecrm_bridge.crm import module_loader as product
from suitecrm_bridge.crm.module_loader import MODULE_LOADER, Form, Package, Page
from suitecrm_bridge.errors import RequestRefused as Refused

__all__ = ["MODULE_LOADER", "Form", "ModuleLoader", "Package", "Page", "Refused"]


class ModuleLoader(product.ModuleLoader):
    """The Module Loader of one SuiteCRM, for its administrator."""

    def delete(self, package: Package) -> None:
        """Delete the zip of a package that is not installed."""
        action = "index.php?module=Administration&action=PackageManager&to_pdf=1"
        self.post(action, {"method": "remove", "file": package.file})

    def load(self, path: str) -> bytes:
        """Return what a link leads to."""
        return self._http.get(urljoin(self._url, path), timeout=600).content

    @property
    def cookies(self) -> dict[str, str]:
        """What tells the SuiteCRM that this is the administrator's browser."""
        return dict(self._http.cookies)
