"""Errors on the wire: RFC 9457 `application/problem+json`, from one table.

Every class of the tree in corpus/errors.py has its line in `PROBLEMS`. What a caller can fix (status below 500) is told
in full; what only the operator can fix goes to the log, because such messages name files of the server.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import Message

from assistant.configuration.refusals import BadSettingError
from assistant.publication.publisher import GateError
from corpus.errors import (
    BrokenAuditError,
    DatabaseError,
    DocumentError,
    EncoderError,
    EngineError,
    FloorError,
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
    InputError,
    NotFoundError,
    PolicyQAError,
    QuestionFileError,
    SettingsError,
    StoreError,
)

MEDIA_TYPE = "application/problem+json"
_LOG = logging.getLogger(__name__)
_OPERATOR = "请稍后再试；详情见服务器日志。Try again later; the server log has the details."


@dataclass(frozen=True, slots=True)
class ProblemType:
    """What `type`, `title` and `status` of a problem say; `detail` tells the single case."""

    status: int
    slug: str
    title: str


_INVALID = ProblemType(422, "invalid-input", "输入有误 · Invalid input")
_TOO_MANY = ProblemType(429, "too-many-requests", "请求太频繁 · Too many requests")
_MINUTE = 60  # seconds
_BROKEN = ProblemType(500, "internal-error", "服务内部错误 · Internal error")

PROBLEMS: Mapping[type[PolicyQAError], ProblemType] = {
    PolicyQAError: _BROKEN,
    InputError: _INVALID,
    DocumentError: ProblemType(422, "invalid-document", "文件有误 · Invalid document"),
    QuestionFileError: ProblemType(422, "invalid-question-file", "问题文件有误 · Invalid question file"),
    GateError: ProblemType(409, "questions-break", "保存的问题会答错 · Saved questions break"),
    BrokenAuditError: ProblemType(500, "audit-broken", "审计被动过 · Audit tampered with"),
    FloorError: ProblemType(500, "below-floor", "评测未达到要求 · Below what was demanded"),
    NotFoundError: ProblemType(404, "not-found", "没有找到 · Not found"),
    SettingsError: ProblemType(500, "invalid-settings", "服务设置有误 · Invalid settings"),
    BadSettingError: ProblemType(500, "invalid-setting", "一项设置的值有误 · Invalid value of a setting"),
    StoreError: ProblemType(503, "index-unusable", "索引不可用 · Index unusable"),
    IndexMissingError: ProblemType(503, "index-missing", "索引尚未建立 · Index missing"),
    IndexMismatchError: ProblemType(503, "index-mismatch", "索引与当前版本不符 · Index mismatch"),
    IndexDamagedError: ProblemType(503, "index-damaged", "索引已损坏 · Index damaged"),
    EngineError: ProblemType(503, "engine-unavailable", "检索引擎不可用 · Engine unavailable"),
    EncoderError: ProblemType(503, "encoder-unavailable", "编码模型不可用 · Encoder unavailable"),
    DatabaseError: ProblemType(503, "database-unavailable", "数据库暂时不可用 · Database unavailable"),
}

# What HTTP itself can say, with the next step.
_HTTP: Mapping[int, tuple[ProblemType, str]] = {
    404: (
        ProblemType(404, "no-such-path", "没有这个地址 · No such path"),
        "接口列表见 /openapi.json。Paths: see /openapi.json.",
    ),
    405: (
        ProblemType(405, "method-not-allowed", "不支持这种请求方法 · Method not allowed"),
        "请改用 Allow 头中列出的方法。Use a method named in the Allow header.",
    ),
    421: (
        ProblemType(421, "unknown-host", "不是这台服务器的名称 · Not a name of this server"),
        "请使用这台服务器的地址；它的其他名称由运维人员写入 POLICYQA_ALLOWED_HOSTS。"
        "Use the address of this server; its operator adds further names of it to POLICYQA_ALLOWED_HOSTS.",
    ),
    408: (
        ProblemType(408, "request-timeout", "请求没有按时发完 · The request did not arrive in time"),
        "请检查网络后重新发送。Check your connection and send it again.",
    ),
    431: (
        ProblemType(431, "head-too-large", "请求头过大 · Request head too large"),
        "请缩短网址，或清除本站的 Cookie 后再试。Shorten the address, or clear the cookies of this site.",
    ),
    503: (
        ProblemType(503, "busy", "服务繁忙 · Busy"),
        "正在处理的请求较多，请几秒后再试。Many requests are being worked on; try again in a few seconds.",
    ),
    413: (
        ProblemType(413, "body-too-large", "请求内容过大 · Body too large"),
        "请缩短问题或对话历史。Shorten the question or the history.",
    ),
}

# Words for what pydantic finds, by the beginning of its error type.
_MESSAGES: Mapping[str, str] = {
    "missing": "缺少此项，请补上。This field is required.",
    "extra_forbidden": "没有这一项，请删去。Unknown field; remove it.",
    "json": "不是有效的 JSON，请以 application/json 发送。Not valid JSON; send application/json.",
    "model_attributes_type": "应为 JSON 对象，请以 application/json 发送。Send a JSON object as application/json.",
    "string_unicode": "含有无法识别的字符，请删去。Contains broken characters; remove them.",
    "string_pattern": "格式不符，请照原样填写。Invalid format; give it exactly as received.",
    "string": "请填写文字。Send a string.",
    "list": "请填写列表。Send a list.",
    "int": "请填写整数。Send a whole number.",
    "bool": "请填写 true 或 false。Send true or false.",
    "literal_error": "不在可选值之内，可选：{expected}。Choose one of: {expected}.",
    "enum": "不在可选值之内，可选：{expected}。Choose one of: {expected}.",
}
_OTHERWISE = "格式不正确，请对照 /openapi.json。Invalid format; see /openapi.json."


class _ProblemResponse(JSONResponse):
    """A problem may repeat what was sent, and with it a lone surrogate, which UTF-8 cannot carry."""

    media_type = MEDIA_TYPE

    def render(self, content: object) -> bytes:
        return json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")


def problem(
    type_: ProblemType,
    detail: str,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """The response for one problem; `errors` names each offending field with a message."""
    body: dict[str, Any] = {
        "type": f"urn:policyqa:problem:{type_.slug}",
        "title": type_.title,
        "status": type_.status,
        "detail": detail,
    }
    if errors:
        body["errors"] = [dict(error) for error in errors]
    return _ProblemResponse(body, type_.status, headers)


def http_problem(status: int, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The problem for a bare HTTP status such as 404 or 413."""
    if status in _HTTP:
        known, detail = _HTTP[status]
        return problem(known, detail, headers=headers)
    side = "请求未能处理" if status < 500 else "服务暂时不可用"
    other = ProblemType(status, f"http-{status}", f"{side} · {HTTPStatus(status).phrase}")
    return problem(other, _OTHERWISE if status < 500 else _OPERATOR, headers=headers)


def too_many(seconds: int, headers: Mapping[str, str]) -> JSONResponse:
    """The problem that a client has sent too much, and when it may go on."""
    wait = f"{seconds} 秒" if seconds < _MINUTE else f"{-(-seconds // _MINUTE)} 分钟"
    later = f"{seconds} s" if seconds < _MINUTE else f"{-(-seconds // _MINUTE)} min"
    detail = (
        f"请求太频繁，请 {wait}后再试；急事请拨打12345。"
        f"Too many requests: try again in {later}; if it is urgent, call 12345."
    )
    return problem(_TOO_MANY, detail, headers=headers)


def is_problem(start: Message) -> bool:
    """Whether the response that begins with this ASGI message is a problem."""
    return (b"content-type", MEDIA_TYPE.encode()) in start["headers"]


def invalid_body(detail: str) -> JSONResponse:
    """The problem for a body that cannot be used as a whole."""
    return problem(_INVALID, detail, [{"field": "body", "message": detail}])


def install_handlers(app: FastAPI) -> None:
    """Let every error of `app` leave as a problem."""
    app.exception_handler(PolicyQAError)(_policyqa_error)
    app.exception_handler(RequestValidationError)(_invalid_request)
    app.exception_handler(HTTPException)(_http_error)
    app.exception_handler(Exception)(_unexpected)


def _policyqa_error(_request: Request, error: PolicyQAError) -> JSONResponse:
    return problem_of(error)


def problem_of(error: PolicyQAError) -> JSONResponse:
    """The problem for an error of ours; one that only the operator can mend is logged."""
    type_, detail = told(error)
    field = error.field if isinstance(error, InputError) else None
    return problem(type_, detail, [{"field": field, "message": detail}] if field else ())


def told(error: Exception) -> tuple[ProblemType, str]:
    """What kind of problem an error is, and what its sender may read of it; what the operator must mend is logged."""
    if not isinstance(error, PolicyQAError):
        _LOG.error("%s", type(error).__name__, exc_info=error)
        return _BROKEN, _OPERATOR
    type_ = PROBLEMS[type(error)]
    if type_.status >= 500:
        _LOG.error("%s: %s", type(error).__name__, error)
        return type_, _OPERATOR
    return type_, str(error)


def _invalid_request(_request: Request, error: RequestValidationError) -> JSONResponse:
    detail, errors = wrong_fields(error.errors())
    return problem(_INVALID, detail, errors)


def wrong_fields(found: Sequence[Mapping[str, Any]], otherwise: str = _OTHERWISE) -> tuple[str, list[dict[str, str]]]:
    """What pydantic finds wrong, in our words: of all of it, and of each field.

    The first step of each place, which FastAPI puts there, is left out; `otherwise`: where no other words fit.
    """
    errors = [{"field": _field(item["loc"]), "message": _message(item, otherwise)} for item in found]
    fields = "、".join(dict.fromkeys(item["field"] for item in errors))
    return f"请更正：{fields}。Please correct: {fields}.", errors


def _http_error(_request: Request, error: HTTPException) -> JSONResponse:
    if error.status_code == HTTPStatus.BAD_REQUEST:  # FastAPI's word for a body that is not even UTF-8
        return invalid_body(_MESSAGES["json"])
    return http_problem(error.status_code, error.headers)


def _unexpected(_request: Request, _error: Exception) -> JSONResponse:
    return problem(_BROKEN, _OPERATOR)  # the server logs the traceback itself


def _field(place: Sequence[int | str]) -> str:
    """`("body", "history", 0, "content")` → `history[0].content`; the body as a whole is `body`."""
    name = ""
    for step in place[1:]:
        name += f"[{step}]" if isinstance(step, int) else f".{step}"
    return name.lstrip(".") if name and not name.startswith("[") else "body"


def _message(item: Mapping[str, Any], otherwise: str) -> str:
    for beginning, words in _MESSAGES.items():
        if item["type"].startswith(beginning):
            return words.format(expected=item.get("ctx", {}).get("expected", ""))
    return otherwise
