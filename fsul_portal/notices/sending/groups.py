"""Post into groups in the form of each maker, signed where the robot asks for it."""

import base64
import hashlib
import hmac
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fsul_portal.notices.sending.posting import post

if TYPE_CHECKING:
    from fsul_portal.notices.robots.models import GroupRobot

# The shortest of the three limits, that of 企业微信.
MOST_BYTES = 2048


def post_to(robot: "GroupRobot", text: str) -> None:
    """Post a text into the group, or raise NotSent with what its robot answered."""
    address, message = robot.address, _message(robot.maker, text)
    if robot.secret and robot.maker == robot.Maker.DINGTALK:
        joint = "&" if "?" in address else "?"
        address += joint + urlencode(_signed_in_address(robot.secret))
    if robot.secret and robot.maker == robot.Maker.FEISHU:
        message |= _signed_in_message(robot.secret)
    post(address, message)


def _message(maker: str, text: str) -> dict[str, Any]:
    if maker == "feishu":
        return {"msg_type": "text", "content": {"text": text}}
    return {"msgtype": "text", "text": {"content": text}}


def _signed_in_address(secret: str) -> dict[str, str]:
    """钉钉: milliseconds and key, signed with the key."""
    moment = str(round(time.time() * 1000))
    return {"timestamp": moment, "sign": _digest(secret.encode(), f"{moment}\n{secret}".encode())}


def _signed_in_message(secret: str) -> dict[str, str]:
    """飞书: nothing, signed with seconds and key."""
    moment = str(round(time.time()))
    return {"timestamp": moment, "sign": _digest(f"{moment}\n{secret}".encode(), b"")}


def _digest(key: bytes, words: bytes) -> str:
    return base64.b64encode(hmac.new(key, words, hashlib.sha256).digest()).decode()
