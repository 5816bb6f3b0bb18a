"""What the administration page puts on everybody's screens, by its own buttons."""

from __future__ import annotations

from tests.live.module_loader import Form, ModuleLoader, Page, Refused

PAGE = "index.php?module=Administration&action=suitecrmbridge"
HOME = "index.php?module=Home&action=index"
_WANTED = {"act": "offer", "wanted": "1"}


def put_on_screens(loader: ModuleLoader) -> list[str]:
    """Add whatever the page has to offer, and return its names.

    Raises:
        Refused: there is nothing to add, or it was not added.
    """
    # The home page is made when it is first opened; until then there is none to put a tab on.
    loader.get(HOME)
    names = []
    while forms := _open(loader):
        form = forms[0]
        if form.values["offer"] in names:
            raise Refused(f"{form.values['offer']} was not added")
        loader.post(PAGE, form.values)
        names.append(form.values["offer"])
    if not names:
        raise Refused("the administration page has nothing to add")
    return names


def _open(loader: ModuleLoader) -> list[Form]:
    forms = Page(loader.get(PAGE)).forms
    return [one for one in forms if one.values.items() >= _WANTED.items()]
