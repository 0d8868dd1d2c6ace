"""The fixed words of the chat page, Chinese first, English beside."""

TITLE = "政策问答助手 policyqa"
HEADER = """# 政策问答助手 <span lang="en">policyqa</span>
在政策文件中找到回答您问题的条款，逐字引用，注明出处；文件没有规定的，如实告诉您。
<span lang="en">Finds the clause that answers, quotes it, and says so when the documents do not answer.</span>"""
WELCOME = "请在下面输入问题，或点选一个例子。 Ask below, or pick an example."
QUESTION = "您的问题 Your question"
PLACEHOLDER = "例如：怎么开办企业？"
ASK = "提问 Ask"
PLACE = "地区 Place"
ANYWHERE = "不限 Any"
CONVERSATION = "对话 Conversation"
BUSY = "暂时无法回答，请稍后再试。Cannot answer now; try again later."

# Each was written for a clause of one of the shipped documents.
STARTERS = (
    "小微企业第一次贷款有哪些支持？",
    "买新车能在手机上办理上牌吗？",
    "退休证可以自己在网上下载吗？",
    "企业跨区迁移还要去迁出地办手续吗？",
    "How does a foreign expert apply for permanent residence?",
    "Can I use a bank guarantee instead of a cash bid deposit?",
)
