"""Settings that are set together, and what each must look like; none is repeated in an error: it may be secret."""

import re
from typing import TYPE_CHECKING

from assistant.configuration.kinds import PREFIX
from assistant.configuration.refusals import BadSettingError
from index.engines.names import MILVUS

if TYPE_CHECKING:
    from assistant.settings import Settings

_MILVUS = re.compile(r"https?://[^\s/]+(?:/\S*)?|(?!.*://)\S.*\.db")
_HOOK = re.compile(r"https?://[^\s/]+(?:/\S*)?")
_SITE = re.compile(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?")
_SHORTEST_SECRET = 16  # characters
# 24 to 64 bytes in base64 behind a prefix by which it is known, as the Standard Webhooks specification writes it.
_WEBHOOK_SECRET = re.compile(r"whsec_(?=.{32,88}\Z)(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_WECHAT_TOKEN = re.compile(r"[A-Za-z0-9]{3,32}")  # as the platform's page takes it
_WECHAT_KEY = re.compile(r"[A-Za-z0-9+/]{43}")  # 32 bytes in base64, without the sign at its end
_WECHAT_APP = re.compile(r"[A-Za-z0-9_-]{1,64}")


def check_together(settings: "Settings") -> None:
    """Raises BadSettingError for one that is missing beside another, or is not of its form."""
    _check_note(settings)
    _check_milvus(settings)
    _check_public(settings)
    _check_webhook(settings)
    _check_wechat(settings)
    _check_model(settings)


def _check_note(settings: "Settings") -> None:
    url, secret = settings.note_url, settings.note_secret
    if url and not _HOOK.fullmatch(url):
        raise _no_address("note_url")
    if url and len(secret or "") < _SHORTEST_SECRET:
        raise BadSettingError(
            "note_secret",
            f"{PREFIX}NOTE_SECRET 要和 {PREFIX}NOTE_URL 一起设置，至少 {_SHORTEST_SECRET} 个字符。"
            f"{PREFIX}NOTE_SECRET must be set with {PREFIX}NOTE_URL; give at least {_SHORTEST_SECRET} characters.",
        )


def _check_model(settings: "Settings") -> None:
    if settings.model_url and not _HOOK.fullmatch(settings.model_url):
        raise _no_address("model_url")


def _check_milvus(settings: "Settings") -> None:
    if settings.engine == MILVUS and not _MILVUS.fullmatch(settings.milvus_url or ""):
        raise BadSettingError(
            "milvus_url",
            f"{PREFIX}ENGINE 是 milvus，请把 {PREFIX}MILVUS_URL 设为 http://主机:端口（试用可设 .db 文件）。"
            f"{PREFIX}ENGINE is milvus; set {PREFIX}MILVUS_URL to http://host:port or https, for a trial to a "
            "file that ends in .db.",
        )


def _check_public(settings: "Settings") -> None:
    if settings.public_url and not _SITE.fullmatch(settings.public_url):
        raise _no_address("public_url")


def _check_webhook(settings: "Settings") -> None:
    url, secrets = settings.webhook_url, (settings.webhook_secret or "").split()
    if url and not _HOOK.fullmatch(url):
        raise _no_address("webhook_url")
    if url and not (secrets and all(map(_WEBHOOK_SECRET.fullmatch, secrets))):
        raise BadSettingError(
            "webhook_secret",
            f"{PREFIX}WEBHOOK_SECRET 要和 {PREFIX}WEBHOOK_URL 一起设置，写成 whsec_ 加 24 到 64 字节的 base64："
            "echo whsec_$(openssl rand -base64 32)。"
            f"{PREFIX}WEBHOOK_SECRET must be set with {PREFIX}WEBHOOK_URL: whsec_ and 24 to 64 bytes in base64, as "
            "echo whsec_$(openssl rand -base64 32) makes it.",
        )


def _check_wechat(settings: "Settings") -> None:
    token, app, key = settings.wechat_token, settings.wechat_app, settings.wechat_key
    if not token:
        return
    if not _WECHAT_TOKEN.fullmatch(token):
        raise BadSettingError(
            "wechat_token",
            f"{PREFIX}WECHAT_TOKEN 应为 3 到 32 个字母或数字，和公众平台上填的一样。"
            f"{PREFIX}WECHAT_TOKEN is 3 to 32 letters or digits, as on the platform's page.",
        )
    if not settings.public_url:
        raise BadSettingError(
            "public_url",
            f"{PREFIX}WECHAT_TOKEN 已设置，请把 {PREFIX}PUBLIC_URL 设为市民打开网站的地址，回复里的链接要用。"
            f"{PREFIX}WECHAT_TOKEN is set: set {PREFIX}PUBLIC_URL to where citizens open the site; replies link there.",
        )
    if key and not (_WECHAT_KEY.fullmatch(key) and _WECHAT_APP.fullmatch(app or "")):
        raise BadSettingError(
            "wechat_key",
            f"{PREFIX}WECHAT_KEY 应为公众平台上 43 个字符的消息加解密密钥，并同时设置 {PREFIX}WECHAT_APP（AppID）。"
            f"{PREFIX}WECHAT_KEY is the EncodingAESKey of 43 characters; set {PREFIX}WECHAT_APP (the AppID) with it.",
        )


def _no_address(name: str) -> BadSettingError:
    variable = PREFIX + name.upper()
    return BadSettingError(
        name,
        f"{variable} 不是 http 或 https 网址，请改正。{variable} is no http or https address; correct it.",
    )
