"""Words that tell what a line is for: asking, labelling a part of an answer, heading a part without questions."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(phrase.strip() for phrase in text.replace("\n", "|").split("|") if phrase.strip())


ASKING_ZH = tuple(_words(
    "什么 怎么 怎样 如何 为何 哪些 哪个 哪种 哪几 几种 多少 是否 能否 可否 吗 有何 何时 啥 区别 哪里 是不是 有没有 能不能 会不会 "
    "要不要 几个 几层"
))  # fmt: skip
COMMANDS_ZH = tuple(_words(
    "请 简述 介绍 解释 说明 说说 说一 说下 讲讲 讲一 讲下 讲述 谈谈 谈一 描述 列举 写出 写一 写下 手写 手撕 手撸 手推 推导 手动 实现 "
    "比较 对比 分析 举例 给出 给定 给一 画出 画一 证明 计算 设计 了解 聊聊 聊一 阐述 概述 叙述 列出 试述 简单 详细 代码实现 用过 你"
))  # fmt: skip
COLLECTIONS = (
    "questions", "questions and answers", "q&a", "面试题", "面试题汇总", "面试题集", "面试题集锦", "面试题总结", "问题汇总", "问题集", "常见问题",
    "八股", "八股文", "面经", "题目列表", "问题列表", "问题清单", "题库",
)  # fmt: skip
# They begin like a command and are none.
NOUNS_ZH = tuple(_words(
    "计算机 计算图 设计模式 设计原则 请求 解释器 解释型 比较器 实现类 对比学习 对比度 描述符 描述子 分析器 分析师 了解更多"
))  # fmt: skip
TOPICS_ZH = tuple(_words(
    "原理 作用 优缺点 优点 缺点 优势 劣势 不同 联系 关系 流程 过程 实现 原因 推导 公式 意义 影响 步骤 特点 差异 异同 理解 定义 方法 "
    "概念 机制 策略 技巧 总结"
))  # fmt: skip
ASKING_EN = _words(
    "what what's whats why how when where which who whose whom is are was were do does did can could should would will "
    "have has explain describe define list name compare contrast write implement give tell discuss suppose imagine "
    "consider given design derive prove calculate compute mention state draw outline differentiate distinguish difference "
    "differences create build find summarize elaborate illustrate identify determine talk walk"
)

# Parts of an answer.
LABELS = _words(
    "答案 解答 回答 解析 参考答案 参考回答 示例 例子 举例 代码 代码实现 代码示例 实现 总结 小结 说明 注意 注意事项 备注 优点 缺点 优缺点 "
    "优势 劣势 特点 定义 概念 原理 步骤 流程 输出 输入 结果 题目 题目描述 思路 解题思路 复杂度 时间复杂度 空间复杂度 提示 扩展 拓展 补充 "
    "手撕代码 手写代码 手撕算法 代码题 编程题 算法题 场景题 设计题 智力题 相关 应用 应用场景 使用场景 场景 背景 原因 解决方法 解决方案 方法 区别 联系 公式 推导 分析 简介 前言 结论 问题 描述 参考 参考资料 "
    "参考文献 参考链接 延伸阅读 追问 考点 answer answers solution explanation example examples code sample output input result "
    "results note notes summary hint hints follow-up follow-ups references reference links complexity approach pros cons "
    "advantages disadvantages definition overview tip tips warning remark remarks proof conclusion background usage syntax"
)

# A heading of these words alone: the question stands below it; and what says that a heading beside it holds the answer.
ASKED_BELOW = _words("面试题 题目 问题 面试问题 面试真题 question problem") | {"interview question"}
ANSWERED_BELOW = ("分析", "剖析", "解析", "解答", "答案", "回答", "answer", "solution", "explanation", "analysis")

# Parts of a document that hold no question, whatever stands in them.
APART = _words(
    "目录索引 许可证 版权 版权声明 开源协议 贡献 贡献者 贡献指南 如何贡献 致谢 鸣谢 感谢 参考 参考资料 参考文献 "
    "参考链接 参考网站 参考文章 资料来源 联系方式 联系我 联系我们 关于我 关于我们 关于作者 公众号 交流群 赞助 打赏 捐赠 更新日志 更新记录 "
    "更新历史 变更记录 修订记录 友情链接 相关项目 相关链接 推荐阅读 延伸阅读 相关文章 相关阅读 学习资源 书籍推荐 推荐书籍 文章推荐 待办 "
    "加入我们 免责声明 联系作者 license licence licensing copyright contributing contribution contributions "
    "contributors contribute acknowledgements acknowledgments acknowledgement acknowledgment credits credit references "
    "reference bibliography authors author contact contacts sponsors sponsor donate donation changelog disclaimer citation "
    "cite maintainers backers thanks translations stargazers roadmap todo"
) | _phrases("""
    how to contribute | further reading | related projects | star history | about me
    about the author | see also | useful links | quick links | contact me | contact us | stay in touch | show your support
    support me | additional resources | list of questions | other resources | code of conduct | how to use | questions list
    how to use this repo | how to use this repository | what's inside | star 历史 | external links | read more | learn more
    follow me | feedback | getting started | installation | preparation resources | learning resources
""")

# Left out where no question stands below them.
OPENINGS = _words(
    "前言 序 序言 引言 简介 介绍 写在前面 写在最前面 概述 背景 说明 使用说明 开始 导读 项目介绍 项目简介 本文 后记 结语 结束语 写在最后 "
    "总结 摘要 preface foreword intro introduction overview prologue about abstract summary conclusion epilogue prerequisites "
    "usage motivation background"
)

# An answer that is only a promise.
PROMISES = (
    _words(
        "todo tbd tba wip fixme 待补充 待完善 待更新 待整理 待续 未完待续 待定 待写 略 暂无 无 空 待添加 持续更新 更新中 none n/a 待解答 待回答 "
        "有待补充"
    )
    | _phrases("coming soon | to be done | to be added | to do | to be continued | no answer yet")
    | {""}
)

# Words that stand before a link and add nothing to it.
LINK_WORDS = _words(
    "参考 参考资料 参考文献 参考链接 参考文章 参考博客 参考自 引用 引用自 来源 出处 链接 原文 原文链接 转自 转载自 推荐 推荐博客 推荐阅读 "
    "推荐文章 强推 延伸阅读 扩展阅读 拓展阅读 相关阅读 相关链接 相关文章 更多 详见 详情 见 参见 可参考 可以参考 博客 文章 知乎 答案 解析 资料 "
    "reference references ref refs source sources link links see also further reading read more resource resources credit "
    "credits via learn from here and 和 additional useful"
) | _phrases("for more | for more details")

# Where the text ends in one of these in brackets, it says how hard or important a question is.
DIFFICULTIES = _words(
    "简单 中等 困难 容易 初级 中级 高级 重要 重点 高频 必考 必背 常考 常问 难 易 中 了解 掌握 基础 进阶 核心 选做 必会 补充 easy medium hard "
    "beginner intermediate advanced expert junior senior basic important must frequent optional new updated 难度 difficulty level"
)

# A link in a question whose words are one of these is its source, not a part of it.
SOURCE_WORDS = _words(
    "src source sources link links ref reference 来源 链接 出处 参考 答案 解答 解析 answer solution 详解 详情 查看 文章 原文 blog video more "
    "read here paper code 代码 论文 博客 视频 题解"
)

# A folding whose summary has one of these in a few words hides an answer.
TOGGLES = (
    "查看", "展开", "点击", "点我", "click", "show", "view", "expand", "reveal", "answer", "answers", "答案", "解答", "hint", "hints",
    "solution", "solutions", "toggle", "spoiler",
)  # fmt: skip
REVEALS = ("answer", "solution", "答案", "解答", "解析", "回答")

BACK_LINKS = _words(
    "回到顶部 返回顶部 返回目录 回到目录 回顶部 回到开头 返回 返回首页 回到首页 返回上一级 回到上面 top totop backtotop backtocontents "
    "backtothetop backtotableofcontents backtoindex returntotop returntocontents gototop backtoquestions uptotop scrolltotop "
    "backtomenu backtolist backtotoc toctop"
)
LICENCES = (
    "版权声明：本文", "版权声明:本文", "转载请附上原文", "遵循cc", "遵循 cc", "著作权归作者所有", "转载请注明出处", "all rights reserved",
    "本文为csdn博主", "本作品采用知识共享", "商业转载请联系作者",
)  # fmt: skip
CONTENTS = _phrases("目录 | 文章目录 | 内容目录 | contents | table of contents | table of content | toc")
