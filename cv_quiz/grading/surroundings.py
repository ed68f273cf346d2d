"""Failures at what surrounds a program, in words: exits, files, the network, limits, and a file that cannot be read."""

from __future__ import annotations

from cv_quiz.language import Text

SURROUNDINGS: dict[str, tuple[Text, Text | None]] = {
    "syntax-error": (
        Text("语法错误：{message}{line}", "syntax error: {message}{line}"),
        Text(
            "看这一行和它的上一行；运行 python 文件名 会标出位置。",
            "Look at this line and the one before it; python FILE marks the place.",
        ),
    ),
    "other-encoding": (
        Text("文件的编码读不了{line}", "the encoding of the file cannot be read{line}"),
        Text(
            "在编辑器里另存为 UTF-8，去掉写着其他编码的 coding 行。",
            "Save it as UTF-8, and remove a coding line that names another encoding.",
        ),
    ),
    "no-notebook": (
        Text("文件不是笔记本（含 cells 的 JSON）", "the file is not a notebook (JSON with cells)"),
        Text(
            "在 Jupyter 里重新保存；普通的 Python 文件以 .py 结尾。",
            "Save it anew in Jupyter; the name of a plain Python file ends in .py.",
        ),
    ),
    "calls-exit": (
        Text("调用了 exit() 或 sys.exit()，程序就此结束{line}", "it calls exit() or sys.exit(), which ends it{line}"),
        Text(
            "删掉它，或放到 if __name__ == '__main__': 之下；函数用 return 返回。",
            "Remove it, or keep it under if __name__ == '__main__':; a function ends with return.",
        ),
    ),
    "writes-a-file": (
        Text("写文件，而提交的代码不能写文件{line}{file}", "it writes a file, which a submission may not{line}{file}"),
        Text(
            "删掉它，或放到 if __name__ == '__main__': 之下。",
            "Remove it, or keep it under if __name__ == '__main__':.",
        ),
    ),
    "file-out-of-reach": (
        Text(
            "打开了不允许读或写的文件{line}{file}",
            "it opens a file that it may not read, or may not write{line}{file}",
        ),
        Text(
            "提交的代码不能写文件，最多只能读自己文件夹里的文件：删掉它，或把数据写进代码。",
            "A submission writes no files, and reads at most those of its own folder: remove it, or put the data into the code.",
        ),
    ),
    "no-such-file": (
        Text(
            "读取的文件不存在，或不让看见{line}{file}",
            "it reads a file that is not there, or not to be seen{line}{file}",
        ),
        Text(
            "提交的代码只看得见旁边的 Python 模块（单独评判时还有同一文件夹里的文件）：把数据写进代码。",
            "A submission sees only the Python modules beside it (graded alone, other files of its folder, too): put the data into the code.",
        ),
    ),
    "uses-the-network": (
        Text("用到了网络，而评判时没有网络{line}", "it uses the network, and there is none for grading{line}"),
        Text("把数据写进代码，不要下载。", "Put the data into the code, and download nothing."),
    ),
    "forbidden-call": (
        Text(
            "使用网络、启动其他进程之类的事，提交的代码不能做{line}",
            "it does what a submission may not: use the network, start another process or the like{line}",
        ),
        Text("练习不需要它：删掉它。", "No drill needs it: remove it."),
    ),
    "died": (
        Text("进程意外结束（段错误或退出）", "the process ended (a crash or an exit)"),
        Text(
            "os._exit()、库里的崩溃、过深的递归都会这样；运行 python 文件名 看停在哪里。",
            "os._exit() ends it, and so does a crash in a library or too deep a recursion: python FILE shows where.",
        ),
    ),
    "time-limit": (
        Text(
            "在用例 {case} 上超过了时间限制：可能有不结束的循环",
            "the time limit was reached on the case {case}: perhaps a loop does not end",
        ),
        Text(
            "检查每个循环在任何输入上都会结束。",
            "Check that every loop comes to an end, whatever the input.",
        ),
    ),
    "submission-limit": (
        Text(
            "一份提交的 20 秒用完了：每次调用都慢，或者打印太多",
            "the 20 seconds for one submission are used up: each call is slow, or prints a lot",
        ),
        Text(
            "减少循环，去掉 print 和 time.sleep；顶层只放定义。",
            "Use fewer loops, drop print and time.sleep, and keep definitions only at the top level.",
        ),
    ),
    "import-time-limit": (
        Text("加载文件时超过了时间限制", "the time limit was reached while the file was loaded"),
        Text(
            "顶层只放定义；要运行的代码放到 if __name__ == '__main__': 之下。",
            "Keep definitions only at the top level, and what is to run under if __name__ == '__main__':.",
        ),
    ),
    "too-slow": (
        Text(
            "在很大的输入（{case}）上超过了时间限制", "too slow: the time limit was reached on a large input ({case})"
        ),
        Text("减少循环，或对整个数组运算。", "Use fewer loops, or whole arrays at once."),
    ),
    "memory-limit": (
        Text("超过了内存限制", "the memory limit was reached"),
        Text(
            "检查有没有不断变长的列表、太大的数组。",
            "Look for a list that grows without end, and for arrays that are too large.",
        ),
    ),
    "output-limit": (Text("返回的结果太大", "the result is too large"), None),
}
