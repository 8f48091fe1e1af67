"""Send the lists of the admin without what their theme repeats in every cell: a long look gets a short name.

The theme writes some 600 bytes of class names into each cell; static/css/admin.css says the same once.
"""

import re

from django.template.response import TemplateResponse
from unfold.templatetags.unfold_list import CHECKBOX_CLASSES, LINK_CLASSES, ROW_CLASSES

ROW = (
    "data-row block border border-base-200 mb-3 relative rounded-default lg:table-row lg:border-none lg:mb-0"
    " lg:rounded-none dark:border-base-800"
)
# Each row has a body of its own, which could be folded; no list of ours folds its rows.
BODY = "block relative lg:table-row-group "
FOLDS = ' x-data="{rowOpen: false}"'
CHOICE = "block px-3 py-2 hover:text-primary-600 dark:hover:text-primary-500"
CHOICE_ROW = (
    "border-b border-base-200 last:border-b-0 dark:border-base-700 hover:text-base-700 dark:hover:text-base-200"
)
OF_THE_MENU = (
    "flex items-center h-[38px] -mx-3 px-3 rounded-default truncate hover:text-primary-600 dark:hover:text-primary-500"
)
SHORT = {
    " ".join(ROW_CLASSES): "cell",
    " ".join(CHECKBOX_CLASSES): "action-checkbox pick",
    " ".join(LINK_CLASSES): "row-link",
    ROW: "data-row row",
    BODY: "rows ",
    FOLDS: "",
    OF_THE_MENU: "menu-link",
    CHOICE: "choice",
    CHOICE_ROW: "choice-row",
}
LONG = re.compile("|".join(map(re.escape, sorted(SHORT, key=len, reverse=True))))
# The box before a row that can be marked; a browser draws its own.
BOX = re.compile(r'class="appearance-none[^"]* action-select"')
INDENT = re.compile(r"\s*\n\s*")


def lighten(page: TemplateResponse) -> None:
    """Give the looks that rows repeat their short names, and leave out the indentation; a list holds no text areas."""
    markup = INDENT.sub("\n", page.content.decode())
    markup = LONG.sub(lambda look: SHORT[look[0]], markup)
    page.content = BOX.sub('class="action-select"', markup)
