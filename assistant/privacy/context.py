"""What the words right before a number, and right behind it, say that it is."""

import re

_REACH = 30  # characters that are looked at
_LINK = r"(?:号码|编号|号|NO\.?|NUMBER|#)?[ ]*(?:是|为|就是|IS)?[ ]*[:：=#(（【\[“\"]?[ ]*"

_OTHER = re.compile(  # numbers of cases, papers and goods: they say so, and name nobody
    r"(?:受理|办件|案件?|流水|订单|发票|运单|快递|单|批|文|登记|注册|备案|许可证?|执照|批准|交易|凭证|合同|项目|工单|申请"
    r"|业务|查询|序列|产品|商品|型|条|档案|编|纳税人识别|税|准考证|学|工|房产证|不动产权证|证书|提案|信访|报建|保单)"
    rf"(?:号码|编号|编码|代码|单号|证号|号|码)[ ]*(?:是|为)?[ ]*[:：=#(（【\[“\"]?[ ]*$"
    r"|(?:信用代码|组织机构代码|机构代码|代码|二维码|验证码|条形码|邮编)[ ]*(?:是|为)?[ ]*[:：]?[ ]*$"
    r"|(?:ORDER|INVOICE|RECEIPT|CASE|TICKET|TRACKING|REFERENCE|SERIAL|MODEL|PROJECT|LICEN[CS]E|CREDIT CODE)[ ]+"
    rf"{_LINK}$"
)
_IDENTITY = re.compile(rf"(?:身份证|身份号|公民身份|证件|身份|ID(?: CARD)?|IDENTITY(?: CARD)?){_LINK}$")
_CARD = re.compile(rf"(?:银行卡|储蓄卡|信用卡|借记卡|卡|BANK CARD|CARD){_LINK}$")
_PHONE = re.compile(rf"(?:手机|电话|联系方式|联系|微信|短信|致电|拨打|请打|MOBILE|PHONE|TEL\.?|CALL|WECHAT){_LINK}$")
_OWN_PHONE = re.compile(
    r"(?:(?:我|本人|俺|咱|自己|家里|家中|家庭|住宅)(?:们)?(?:家里?|本人|自己)?的?(?:联系|住宅|家庭|固定|座机)?"
    r"(?:电话|座机|固话|号码|联系方式)|宅电|(?:回电|回话|打给我|联系我)(?:请?打|到|在)?"
    r"|(?:MY|HOME)[ ](?:HOME[ ]|OWN[ ])?(?:PHONE|NUMBER|TELEPHONE|LANDLINE|TEL)|CALL ME(?: (?:AT|ON|BACK AT))?)"
    rf"{_LINK}$"
)
_OFFICE_PHONE = re.compile(  # an office's, which is public, or a number that is being called
    r"(?:窗口|大厅|中心|热线|专线|咨询|投诉|举报|监督|服务|客服|官网|前台|值班|总机|办公|单位|部门|公司|银行|医院|学校|社区|街道"
    r"|居委会|村委会|派出所|政府|政务|法院|税务|[局所委厅署处科办馆站院]的?(?:电话|号码|座机)?|你们|贵|他们|拨打|拨|打了?|打过"
    r"|致电|传真|HOTLINE|OFFICE|WINDOW|CENTRE|CENTER|FAX|YOUR|CALLED|DIALL?ED)[^\n。；;！!]{0,14}$"
)
_PUBLIC_AFTER = re.compile(
    r"[ ]?[)）]?[ ,，]?(?:是?(?:哪|什么|谁|不是|你们)|打不通|没人接|无人接|一直|占线|总"
    r"|这个(?:电话|号码)|的?(?:电话|号码)?(?:能|可以|对)"
    r"|\(?(?:窗口|大厅|总机|咨询|客服|热线))"
)
_TRAVEL = re.compile(
    r"(?:护照|通行证|回乡证|回乡卡|台胞证|居留证|永居|旅行证|PASSPORT|PERMIT|TRAVEL DOCUMENT)[^\n。；;，,]{0,12}$"
)
_MONEY_BEFORE = re.compile(r"(?:[¥$€£]|人民币|RMB|CNY|USD|金额|总额|资本|投资)[ ]*[:：为]?[ ]*$")
_MONEY_AFTER = re.compile(
    r"[ ]?(?:[万亿](?![一分般事望谢能物])|[百千]?元(?![旦宵月])|[美欧港日]元|块钱|人民币|%|吨|平方|立方|千瓦|公里"
    r"|RMB|CNY|USD|YUAN)|\.\d{1,4}(?!\d)"
)


def says_other_number(folded: str, start: int) -> bool:
    """受理号, 发票号码, 订单号, 统一社会信用代码 …"""
    return _before(_OTHER, folded, start) and not _before(_IDENTITY, folded, start)


def says_identity(folded: str, start: int) -> bool:
    """身份证号 …"""
    return _before(_IDENTITY, folded, start)


def says_card(folded: str, start: int) -> bool:
    """银行卡号 …"""
    return _before(_CARD, folded, start)


def says_phone(folded: str, start: int) -> bool:
    """手机, 电话, 联系 …"""
    return _before(_PHONE, folded, start)


def says_own_phone(folded: str, start: int) -> bool:
    """我的电话, 家里座机, 宅电, call me at …: whose it is, not only that it is one."""
    return _before(_OWN_PHONE, folded, start)


def is_public_phone(folded: str, start: int, end: int) -> bool:
    """Whether the words around a fixed line say that it is an office's (窗口电话 …, … 没人接)."""
    return _before(_OFFICE_PHONE, folded, start) or _PUBLIC_AFTER.match(folded, end) is not None


def says_travel_document(folded: str, start: int) -> bool:
    """护照, 通行证 …, a few characters before."""
    return _before(_TRAVEL, folded, start)


def is_amount(folded: str, start: int, end: int) -> bool:
    """Whether money or a measure is meant: ¥ before, 万, 亿, 元, 吨 or decimals behind."""
    return _before(_MONEY_BEFORE, folded, start) or _MONEY_AFTER.match(folded, end) is not None


def _before(words: re.Pattern[str], folded: str, start: int) -> bool:
    return words.search(folded[max(0, start - _REACH) : start]) is not None
