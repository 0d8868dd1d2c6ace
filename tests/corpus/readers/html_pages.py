"""Web pages made of a text as sites make them: the same words in eight makes of page, each with its own furniture."""

import re
from collections.abc import Callable, Sequence
from html import escape

Make = Callable[[str, Sequence[str]], str]

NAVIGATION = ("首页", "走进云泽", "政务公开", "办事服务", "互动交流", "专题专栏")
RELATED = ("云泽市召开全市工作部署会议", "一图读懂新政策的十个要点", "政策问答：群众关心的问题")
FOOTER = "主办：云泽市人民政府办公室 技术支持：云泽市信息中心 云ICP备12345678号-1 网站标识码：9900000001"
# What no reader may give as part of the text.
FURNITURE = (
    *NAVIGATION,
    *RELATED,
    "当前位置",
    "分享到",
    "ICP备",
    "网站标识码",
    "上一篇",
    "扫一扫",
    "字号",
    "display",
    "var ",
)


def _head(title: str, *, charset: str = "utf-8", more: str = "") -> str:
    return (
        f'<head><meta http-equiv="Content-Type" content="text/html; charset={charset}">'
        f"<title>{escape(title)}_云泽市人民政府</title>{more}<style>.a{{display:none}}</style>"
        "<script>var page = '首页';</script></head>"
    )


def _links(words: Sequence[str], tag: str = "li") -> str:
    return "".join(f'<{tag}><a href="/x{number}.html">{word}</a></{tag}>' for number, word in enumerate(words))


def _paragraphs(lines: Sequence[str], tag: str = "p") -> str:
    return "\n".join(f"<{tag}>{escape(line)}</{tag}>" for line in lines)


def div_soup(title: str, lines: Sequence[str]) -> str:
    """Only <div>, with class names that say nothing."""
    return (
        f"<!DOCTYPE html><html>{_head(title)}<body><div class='w1'><div>{_links(NAVIGATION, 'div')}</div>"
        f"<div>您当前的位置：<a href='/'>首页</a> &gt; <a href='/z/'>政策文件</a></div></div>"
        f"<div class='w2'><div class='t'>{escape(title)}</div>"
        "<div>来源：云泽市教育局 发布时间：2023-05-06 浏览次数：12</div>"
        f"<div>{_paragraphs(lines, 'div')}</div></div>"
        f"<div><div>上一篇：<a href='a'>{RELATED[0]}</a></div><div>{_links(RELATED, 'div')}</div></div>"
        f"<div>{FOOTER}</div></body></html>"
    )


def table_layout(title: str, lines: Sequence[str]) -> str:
    """Tables in tables, as pages were laid out around 2005; a side column beside the text."""
    return (
        f"<html>{_head(title)}<body><form><table width=1000><tr><td colspan=2>"
        f"<table><tr>{_links(NAVIGATION, 'td')}</tr></table></td></tr>"
        "<tr><td width=200 valign=top>"
        f"<table>{''.join(f'<tr><td><a href=b>{one}</a></td></tr>' for one in RELATED)}</table></td>"
        f"<td><table><tr><td align=center><font size=5>{escape(title)}</font></td></tr><tr><td align=center>"
        "来源：云泽市教育局 日期：2023-05-06 【字号 大 中 小】【打印】【关闭】</td></tr>"
        f"<tr><td>{'<br>'.join('　　' + escape(line) for line in lines)}</td></tr></table></td></tr>"
        f"<tr><td colspan=2>{FOOTER}</td></tr></table></form></body></html>"
    )


def old_site(title: str, lines: Sequence[str]) -> str:
    """Says gb2312, as most pages of its time; tags in capitals, unclosed paragraphs."""
    paragraphs = "".join(f"<P>&nbsp;&nbsp;&nbsp;&nbsp;{escape(line)}\n" for line in lines)
    return (
        f"<HTML>{_head(title, charset='gb2312')}<BODY><DIV class=nav>{_links(NAVIGATION, 'SPAN')}</DIV>"
        f"<CENTER><TABLE><TR><TD><DIV id=title><B>{escape(title)}</B>"
        f"</DIV><DIV id=zoom>{paragraphs}</DIV></TD></TR></TABLE>"
        f"<HR>{FOOTER}</CENTER></BODY></HTML>"
    )


def article_of_an_account(title: str, lines: Sequence[str]) -> str:
    """As an article of a messenger's account is saved: it fades in, and the sections nest."""
    sections = "".join(f"<section><section><span>{escape(line)}</span></section></section>" for line in lines)
    return (
        f"<!DOCTYPE html><html>{_head(title)}<body><div id='page'><h1 id='activity-name'>{escape(title)}</h1>"
        "<div id='meta'><span>原创</span> <a href='#'>云泽发布</a></div>"
        f"<div id='js_content' style='visibility: hidden; opacity: 0;'>{sections}</div>"
        "<div style='display:none'>预览时标签不可点</div>"
        "<div class='tool'>分享到微信 收藏 点赞</div></div></body></html>"
    )


def portal(title: str, lines: Sequence[str]) -> str:
    """A government's portal: a table of facts, a share bar, tags of its own making."""
    metas = "<meta name='SiteName' content='云泽市人民政府'><meta name='PubDate' content='2023-05-06 10:00'>"
    return (
        f"<?xml version='1.0' encoding='gb2312'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'>"
        f"{_head(title, more=metas)}<body><header><nav><ul>{_links(NAVIGATION)}</ul></nav></header>"
        "<div class='breadcrumb'>当前位置：<a href='/'>首页</a> &gt; 政策 &gt; 正文</div><div class='wrap'>"
        "<table class='facts'><tr><td><b>索 引 号：</b></td>"
        "<td>000123/2023-00045</td><td>主题分类：</td><td>教育\\综合</td></tr>"
        "<tr><td>发文机关：</td><td>云泽市人民政府</td><td>成文日期：</td><td>2023年05月01日</td></tr>"
        f"<tr><td>标　　题：</td><td colspan=3>{escape(title)}</td></tr>"
        "<tr><td>发文字号：</td><td>云政发〔2023〕5号</td><td>有 效 性：</td><td>有效</td></tr></table>"
        f"<h1>{escape(title)}</h1><div class='share'>分享到：<a href='#'>微信</a>"
        "</div><div id='UCAP-CONTENT'><ucapcontent>"
        f"{_paragraphs(lines)}</ucapcontent></div><div class='related'>"
        f"<h3>相关文档</h3><ul>{_links(RELATED)}</ul></div>"
        f"</div><footer><p>{FOOTER}</p></footer></body></html>"
    )


def with_side_column(title: str, lines: Sequence[str]) -> str:
    """Two columns; the facts are a list, the side column holds links and a summary."""
    return (
        f"<!doctype html><html>{_head(title)}<body><div class='top'>{_links(NAVIGATION, 'span')}</div>"
        "<main><ul class='info'><li><span>信息索引号</span>"
        "<span>000123-2023-45</span></li><li>发布机构：云泽市教育局</li>"
        "<li>生成日期：2023-05-06</li></ul>"
        f"<article><h2>{escape(title)}</h2>{_paragraphs(lines)}<p>扫一扫在手机打开当前页</p></article>"
        f"<aside><h3>热门推荐</h3><ul>{_links(RELATED)}</ul>"
        "<p>本栏目介绍云泽市的最新政策，欢迎关注。</p></aside></main>"
        f"<div class='footer'>{FOOTER}</div></body></html>"
    )


def saved_by_an_office(title: str, lines: Sequence[str]) -> str:
    """Saved as a page by an office program: its own tags, comments with conditions, lines cut anywhere."""
    cut = [re.sub("(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff]{8}.{0,8}$)", "\n", escape(line)) for line in lines]
    paragraphs = "\n".join(
        f"<p class=MsoNormal style='text-indent:21.0pt'><span lang=ZH-CN>{line}</span><o:p></o:p></p>" for line in cut
    )
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office">'
        '<head><meta charset=utf-8><meta name=Generator content="Word">'
        "<!--[if gte mso 9]><xml><w:WordDocument>首页</w:WordDocument>"
        "</xml><![endif]--><style>p{margin:0}</style></head>"
        f"<body lang=ZH-CN><div class=WordSection1><p class=MsoTitle align=center>{escape(title)}</p>\n{paragraphs}"
        "<![if !supportEmptyParas]>&nbsp;<![endif]></div></body></html>"
    )


def questions(title: str, lines: Sequence[str]) -> str:
    """A page of questions and answers: a definition list, the facts in one line."""
    pairs = "".join(
        f"<{'dd' if number % 2 else 'dt'}>{escape(line)}</{'dd' if number % 2 else 'dt'}>"
        for number, line in enumerate(lines)
    )
    return (
        f"<html>{_head(title)}<body><div id='header'>{_links(NAVIGATION, 'a')}</div>"
        f"<div class='con'><h3>{escape(title)}</h3>"
        "<p>发布日期：2023-05-06 信息来源：云泽市人力资源和社会保障局 字体：【大 中 小】</p>"
        f"<dl>{pairs}</dl></div><p><a href='n'>上一篇：{RELATED[0]}</a>"
        f"</p><div id='bottom'>{FOOTER}</div></body></html>"
    )


MAKES: tuple[Make, ...] = (
    div_soup,
    table_layout,
    old_site,
    article_of_an_account,
    portal,
    with_side_column,
    saved_by_an_office,
    questions,
)
