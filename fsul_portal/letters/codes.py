"""Make the codes that stand on paper, and read them as people type them."""

import re
import secrets
import unicodedata

# Nothing that is read as something else: 31 signs, twelve of them cannot be tried out.
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_GROUPS, CODE_GROUP = 3, 4
LENGTH = CODE_GROUPS * CODE_GROUP
CODES = len(SIGNS) ** LENGTH
PRINTED = re.compile("-".join([f"[{SIGNS}]{{{CODE_GROUP}}}"] * CODE_GROUPS))
# As many as a SHA-256 can say.
DIGESTS, DIGEST_LENGTH = 1 << 256, 64


def new_code() -> str:
    """Return a code as it is printed: three groups of four signs."""
    return _grouped("".join(secrets.choice(SIGNS) for __ in range(LENGTH)))


def as_printed(text: str) -> str:
    """Return a typed code as it is printed, or what was typed if it can be none."""
    # People type strokes, blanks and small letters, or none of them, and wide signs where they write Chinese.
    signs = re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", text).upper())
    return _grouped(signs) if len(signs) == LENGTH and not set(signs) - set(SIGNS) else text.strip()


def code_of_digest(digest: str) -> str:
    """Return the code of what is known by a SHA-256: the share of all digests that lies below it, in our signs."""
    number, signs = int(digest, 16) * CODES // DIGESTS, ""
    for __ in range(LENGTH):
        number, sign = divmod(number, len(SIGNS))
        signs = SIGNS[sign] + signs
    return _grouped(signs)


def digests_of_code(code: str) -> tuple[str, str]:
    """Return the first and the last digest that have this printed code."""
    number = 0
    for sign in code.replace("-", ""):
        number = number * len(SIGNS) + SIGNS.index(sign)
    first, last = -(-number * DIGESTS // CODES), -(-(number + 1) * DIGESTS // CODES) - 1
    return f"{first:0{DIGEST_LENGTH}x}", f"{last:0{DIGEST_LENGTH}x}"


def _grouped(signs: str) -> str:
    return "-".join(signs[at : at + CODE_GROUP] for at in range(0, len(signs), CODE_GROUP))
