"""The lines a website puts around a text: where one is, the facts of the page, what can be clicked, who runs it."""

import re

from corpus.parser.lines import Line
from corpus.parser.node import Kind

_WORDS = re.compile(
    r"[【\[]?\s*(?:首页|网站首页|浏览(?:次数)?|阅读|点击|字体|字号|打印(?:本页)?|分享到?|收藏|上一篇|下一篇|相关(?:链接|附件|文件|阅读)|"
    r"返回(?:顶部|首页)?|关闭(?:窗口)?|版权所有|网站(?:地图|标识码)|联系我们|关于我们|附件下载|技术支持|通知公告|政务公开)(?=[\s：:>》»|｜/【】\[（(]|$)"
)
_FACTS = re.compile(
    r"(?:发布(?:时间|日期|机构)|发文(?:时间|日期|字号|机[关构])|(?:成文|生成|公开|实施|生效|失效|废止)日期|标\s*题|文\s*号|索\s*引\s*号|"
    r"主题分类|主\s*题\s*词|体裁分类|信息(?:分类|类别|名称)|有\s*效\s*性|公开(?:方式|时限|范围|类型)|(?:主|承)办单位)(?=[\s：:|｜]|$)"
)
_ANYWHERE = re.compile(
    r"扫一扫|当前位置|您(?:现在)?的位置|.{0,30}(?:ICP备|公网安备)|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s|$)"
)
_TRAIL = re.compile(r"[^，,。；;：:]{1,30}?\s*(?:>|»|＞)\s*[^，,。；;]{1,60}$")  # 首页 > 政务公开 > 政策文件
_SOURCE = re.compile(r"(?:信息|文章|稿件|内容|新闻)?来\s*源\s*[|｜:：]|(?:责任编辑|责编|编辑|审核|校对)\s*[|｜:：]")


def site_kind(line: Line) -> Kind | None:
    """SOURCE or NAVIGATION where the line is surely a website's, else None."""
    if _SOURCE.match(line.text):
        return Kind.SOURCE
    patterns = (_WORDS, _FACTS, _ANYWHERE, _TRAIL)
    return Kind.NAVIGATION if any(pattern.match(line.text) for pattern in patterns) else None
