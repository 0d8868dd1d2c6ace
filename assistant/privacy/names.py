"""Names of people in folded text, where the writer says that one follows: 我叫…, 姓名：…, my name is ….

A name has no form of its own: 高山 is one, and a mountain. So it is taken for one only behind such words, and only
where it begins with a surname. Names that are just mentioned (张伟说…) are not recognised.
"""

import re
from collections.abc import Iterator

from assistant.privacy.numbers import Found

NAME = "〔姓名〕"

# The surnames of nineteen people in twenty, and the usual ones of two characters.
_SURNAME = (
    "(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|令狐|慕容|司徒|长孙|夏侯|端木|"
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜"
    "崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱丘侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤温康施文牛"
    "樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆"
    "蓝路游辛靳管柴蒙鲍华喻祁房滕屈饶解牟艾尤时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟"
    "應应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝])"
)
_GIVEN = r"[\u4e00-\u9fff]"
# What goes on in the sentence behind a name; none of these begins the second half of a given name.
_GOES_ON = "想要问在是来住能有今的办去从我和请说已将被也都就没不属该会家怎到于为现因与及或跟给让准需可得申领"
_MAN = rf"{_SURNAME}(?:{_GIVEN}(?![{_GOES_ON}])[\u4e00-\u9fff]?(?<![{_GOES_ON}])|{_GIVEN})"
_AFTER = "电话|手机|联系|身份|性别|住址|地址|单位|先生|女士|同志|年龄|民族"
_KIN = (
    "(?:老公|老婆|爱人|丈夫|妻子|爸爸?|妈妈?|父亲|母亲|儿子|女儿|孩子|哥哥?|姐姐?|弟弟?|妹妹?"
    "|爷爷|奶奶|外公|外婆|姥姥|姥爷)"
)
# 阿依古丽·买买提: no surname, and no word has such a dot.
_DOTTED = r"[\u4e00-\u9fff]{2,8}(?:[·•・‧∙][\u4e00-\u9fff]{1,8}?){1,3}(?=[ ,，。.;；!！、\n]|电话|手机|身份|想|要|问|$)"
# Behind "it is" stands who somebody is to the office as often.
_STANDING = "(?!单位|应届|华侨|华裔|司机|农村|农业|高龄|高职|毕业|全职|全家|全体|连锁|商户|商贩|师傅)"
_CALLED = re.compile(
    r"(?:姓名|名字|申请人|联系人|收件人|经办人|户主|法人代表|法定代表人|本人姓名|当事人)[ ]*(?:是|为|叫|[:：])[ ]*"
    rf"(?P<labelled>{_DOTTED}|{_STANDING}{_SURNAME}{_GIVEN}{{1,2}}(?={_AFTER}|[^\u4e00-\u9fff]|$))"
    rf"|(?:姓名|名字|联系人|经办人|收件人)[ \n]{{1,3}}"
    rf"(?P<spaced>{_DOTTED}|{_STANDING}{_SURNAME}{_GIVEN}{{1,2}}(?={_AFTER}|[^\u4e00-\u9fff]|$))"
    rf"|(?:(?:我|本人|俺)的?{_KIN}?(?:名字)?(?:叫|名叫|叫做)|{_KIN}叫|免贵姓|敝姓)[ ]?(?P<called>{_DOTTED}|{_MAN})"
    rf"|(?:我是|本人是?|我[,，])[ ]?(?P<alone>{_STANDING}{_SURNAME}{_GIVEN}{{1,2}})(?=[ ,，。.;；!！、\n]|$)"
    rf"|(?:我姓|免贵姓)(?P<family>{_SURNAME})(?=[ ,，。.;；!！、\n]|$)"
)
_WORD = r"[A-Z][A-Z'’-]{1,20}"
_ENGLISH = re.compile(rf"(?<![A-Z])(?:MY (?:FULL )?NAME(?: IS|'S|:)|NAME:) (?P<name>{_WORD}(?: {_WORD}){{0,2}})")
# 我是高中生, 我是成都人, 我是安徽的, 本人申请: a surname begins other words, too.
_NO_NAME = re.compile(
    r".{0,2}(?:人|生|户|员|师|工|家|民|族|者|司|店|厂|的|了|吗|市|省|县|区|院|校|业|商|方|长|兵|籍|东|客|主|办|费|证|书)$"
    r"|(?:谢谢|成绩|申请|董事|应届|应该|高管|高级|孤儿|干部|教授|白领|单位|单亲|单身|农民|古稀|文盲|残疾|全职|全国|全部"
    r"|高血压|白血病|白内障|艾滋病|关节炎|左撇子|全日制|商转公|(?:文秘|农夫|农妇|武警|高中|高层|高知|高干|全款|全额|商贷|房贷)$"
    r"|和|任何|何|明天|明白|连续|从|时间|时常|牛市|温馨|车辆|车险|车祸|毛坯|毛病|经常|常年|常住|平时|平常|安全|安置|白天|宁愿"
    r"|向来|万一|万分|严重|石油|金融|方便|能|项目|路过|游客|管理|成年|成功|商品|费用|计划|计算|车牌|车号|金额|平均|包括|应当|方可|和|古董|解决|解释|项|于(?:今|昨|明|前|去|上|本|当|近|是))"
)


def find_names(text: str, folded: str) -> Iterator[Found]:
    """Names, from left to right. `text` is what was folded: in it English names begin with capitals."""
    for found in _CALLED.finditer(folded):
        kind = found.lastgroup or ""
        start, end = found.span(kind)
        if kind not in ("alone", "spaced") or not _NO_NAME.match(found[kind]):
            yield Found(start, end, NAME)
    for found in _ENGLISH.finditer(folded):
        start, end = found.span("name")
        said = text[start:end].split(" ")
        count = next((place for place, word in enumerate(said) if not word[:1].isupper()), len(said))
        if count:
            yield Found(start, start + len(" ".join(said[:count])), NAME)
