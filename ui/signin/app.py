"""The pages of access as one app, and what the server says about access at start."""

from fastapi import FastAPI
from starlette.types import ASGIApp

from assistant.access.access import Access
from assistant.access.local import is_loopback
from assistant.api.problems import install_handlers
from assistant.operations.body_limit import BodyLimit
from ui.signin.address import ACCOUNT, ADMIN, SIGNIN, SIGNOUT
from ui.signin.admin import admin_router
from ui.signin.issuer import issuer_router
from ui.signin.routes import signin_router

ROOTS = (SIGNIN, SIGNOUT, ACCOUNT, ADMIN)
_MOST_TYPED = 20_000  # bytes of a form

OPEN_HERE = (
    "没有启用账号（POLICYQA_ACCESS=open）：坐席、文件库、缺口、概览等页面只在这台电脑上能打开。"
    "Open access: pages of the office answer on this machine only."
)
OPEN_ELSEWHERE = (
    "没有启用账号（POLICYQA_ACCESS=open），而服务向其他机器开放：坐席、文件库、缺口、概览等页面一律拒绝。"
    "要使用它们，请设 POLICYQA_ACCESS=roles，并运行 policyqa accounts create 名称 --role admin。"
    "Open access while other machines are listened to: the pages of the office are refused to everybody. To use them, "
    "set POLICYQA_ACCESS=roles and run policyqa accounts create NAME --role admin."
)
NO_ADMIN = (
    "还没有能登录的管理员账号，请运行 policyqa accounts create 名称 --role admin。"
    "There is no admin yet: run policyqa accounts create NAME --role admin."
)


def signin_routes(access: Access) -> FastAPI:
    """All its routes."""
    app = FastAPI(openapi_url=None)
    app.include_router(signin_router(access))
    app.include_router(admin_router(access))
    if access.issuer:
        app.include_router(issuer_router(access, access.issuer))
    install_handlers(app)
    return app


def signin_app(access: Access) -> ASGIApp:
    """The pages, taking forms of a bounded size."""
    return BodyLimit(signin_routes(access), _MOST_TYPED)


def said_at_start(access: Access | None, host: str) -> str:
    """What whoever starts the server should know of who may do what; empty where nothing is out of the ordinary.

    Raises DatabaseError where access is by role and the database fails: nobody could sign in.
    """
    if access is None:
        return OPEN_HERE if is_loopback(host) else OPEN_ELSEWHERE
    return "" if access.accounts.has_admin() else NO_ADMIN
