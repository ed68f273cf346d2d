"""Mistakes that no drill has to itself, in words: what kind of output came back, how it failed, when it fails."""

from __future__ import annotations

from cv_quiz.grading.surroundings import SURROUNDINGS
from cv_quiz.language import Text

# Readings that explain an output, and outputs that cannot be read.
OUTPUT_FAULTS: dict[str, tuple[Text, Text | None]] = {
    "positions-in-sorted-order": (
        Text(
            "返回的是排序后的位置，而不是输入中的下标",
            "it returns positions in the sorted order, not indices of the input",
        ),
        Text("返回 order[i]，而不是 i。", "Return order[i], not i."),
    ),
    "returns-the-suppressed": (
        Text("返回的是被抑制的框，而不是保留的框", "it returns the suppressed boxes, not the kept ones"),
        Text("取补集。", "Take the others."),
    ),
    "float-indices": (
        Text("下标是浮点数：不能用来取数组元素", "the indices are floats: they cannot index an array"),
        Text("用整数数组或列表收集下标。", "Collect the indices in a list or an integer array."),
    ),
    "column-of-indices": (
        Text("下标排成了一列 (k, 1)，应为一维 (k,)", "the indices form a column (k, 1) where (k,) is meant"),
        Text("用 ravel() 或去掉多余的维度。", "Use ravel(), or drop the extra dimension."),
    ),
    "indices-from-one": (Text("下标从 1 开始，应从 0 开始", "indices count from 1 where 0 is meant"), None),
    "other-order": (
        Text("集合正确，但顺序不对：应按得分从高到低", "the right set in another order: best score first is asked"),
        Text("按被选中的先后返回。", "Return them in the order in which they were picked."),
    ),
    "cuts-returned-boxes": (
        Text(
            "返回的框被截断为整数，与输入的框不再相等",
            "the returned boxes are cut to integers and no longer equal the input's",
        ),
        Text("不要用 astype(int)。", "Leave out astype(int)."),
    ),
    "returns-scores-only": (Text("返回的是得分，而不是下标", "it returns scores, not indices"), None),
    "percent": (Text("结果是百分数：大了 100 倍", "the result is in percent: 100 times too large"), None),
    "distance": (Text("返回的是 1 − IoU（距离），而不是 IoU", "it returns 1 - IoU, the distance, not IoU"), None),
    "negated": (Text("结果的符号反了", "the result has the wrong sign"), None),
    "factor": (
        Text("结果恰好是正确值的两倍或一半", "the result is exactly twice or half of what is right"),
        Text("检查公式里多余或缺少的因子 2。", "Look for a factor of 2 too many or too few."),
    ),
    "square-root": (Text("返回的是结果的平方根", "it returns the square root of the result"), None),
    "squared": (Text("返回的是结果的平方", "it returns the square of the result"), None),
    "transposed": (
        Text("结果被转置了：行和列互换", "the result is transposed: rows and columns are swapped"),
        Text("第一个参数对应行，第二个对应列。", "The first argument gives the rows, the second the columns."),
    ),
    "flattened": (Text("结果的形状不对：应为 (N, M)", "the result has another shape than (N, M)"), None),
    "labels-from-one": (Text("标签从 1 开始，应从 0 开始", "labels count from 1 where 0 is meant"), None),
    "returned-nothing": (
        Text("函数返回 None：缺少 return 语句", "the function returns None: a return statement is missing"),
        Text("检查每条路径上是否都有 return。", "Check that every path ends in a return."),
    ),
    "ragged": (Text("结果的各行长度不同", "the rows of the result differ in length"), None),
    "no-numbers": (Text("结果不是数：{kind}", "the result is no number or array of numbers: {kind}"), None),
    "no-sequence": (
        Text("结果不是下标或标签的序列：{kind}", "the result is no sequence of indices or labels: {kind}"),
        None,
    ),
    "wrong-shape": (Text("结果的形状不对：{kind}", "the result has a wrong shape: {kind}"), None),
    "mask": (Text("返回了长度不对的掩码：{kind}", "it returns a mask of another length: {kind}"), None),
    "no-pair": (Text("应返回两个值，得到的是 {kind}", "two values are expected, it returns {kind}"), None),
    "lengths-differ": (Text("返回的两部分长度不同", "the two parts that are returned differ in length"), None),
    "out-of-range": (Text("有的下标超出了输入的范围", "some indices lie outside the input"), None),
    "foreign-boxes": (Text("返回的框不在输入之中", "it returns boxes that are not among the input's"), None),
    "no-number": (Text("应返回一个数，得到的是 {kind}", "one number is expected, it returns {kind}"), None),
    "cannot-be-sent": (
        Text("返回了 {kind}，不是数、列表或数组", "it returns a {kind}, which is no number, list or array"),
        None,
    ),
}

# Why something that came back is no value: how the worker's reason begins, what it means, and what helps.
NOT_SENT: tuple[tuple[str, Text, Text | None], ...] = (
    (
        "it can be read only once",
        Text("它只能读一遍", "it can be read only once"),
        Text(
            "返回 list(...)：生成器、map、zip 先转成列表。",
            "return list(...) of it: generators, map and zip give no list.",
        ),
    ),
    (
        "a function, class or module",
        Text("它是函数、类或模块本身，而不是它的结果", "it is a function, class or module, not what it gives"),
        Text("是不是少了调用的括号 ()？", "Is a call missing, the brackets ()?"),
    ),
    (
        "an object of a class",
        Text("它是某个类的对象", "it is an object of a class"),
        Text("返回其中的数、列表或数组。", "Return its numbers, lists or arrays."),
    ),
    ("bytes, not numbers", Text("它是字节，不是数", "it is bytes, not numbers"), None),
    (
        "it comes out of a module that is not installed",
        Text("它来自没有安装的模块", "it comes out of a module that is not installed"),
        Text("判题只提供 NumPy 和标准库。", "Only NumPy and the standard library are there for grading."),
    ),
    (
        "an array of objects",
        Text("数组的元素不全是数（dtype=object）", "the array's elements are not all numbers (dtype=object)"),
        Text("检查各行的长度是否相同，有没有 None。", "Look for rows of unequal length, and for None."),
    ),
    ("an array of text", Text("它是文字的数组", "it is an array of text"), None),
    (
        "a tensor that is no array of numbers",
        Text("这个张量不能转成数组", "the tensor cannot be turned into an array"),
        Text("用普通的稠密 float 或 int 张量。", "Use a dense tensor of floats or integers."),
    ),
    ("too large for a float", Text("这个数太大", "the number is too large"), None),
    ("nested too deeply", Text("嵌套太深", "it is nested too deeply"), None),
)

# How the calls themselves went wrong.
FAILURES: dict[str, tuple[Text, Text | None]] = {
    **SURROUNDINGS,
    "raises": (Text("抛出 {type}{said}{line}", "raises {type}{said}{line}"), None),
    "does-not-raise": (
        Text("这里应抛出 {type}，函数却没有", "{type} is to be raised here, and is not"),
        Text("在开头检查参数。", "Check the arguments at the start."),
    ),
    "not-written-yet": (
        Text("函数还没有写", "the function is not written yet"),
        Text("把函数体写完整。", "Fill in the function's body."),
    ),
    "python-2": (
        Text("这是 Python 2 的代码：{message}{line}", "this is Python 2: {message}{line}"),
        Text("print 需要括号。", "print needs parentheses."),
    ),
    "needs-older-numpy": (
        Text("np.{name} 在新版 NumPy 中已被删除{line}", "np.{name} is gone from today's NumPy{line}"),
        Text(
            "np.float、np.int、np.bool 改为 float、int、bool。", "Write float, int, bool for np.float, np.int, np.bool."
        ),
    ),
    "unknown-numpy-name": (
        Text("NumPy 没有 np.{name}{line}{meant}", "NumPy has no np.{name}{line}{meant}"),
        Text("检查拼写。", "Check the spelling."),
    ),
    "missing-module": (
        Text("用到了没有安装的模块：{message}{line}", "it uses a module that is not installed: {message}{line}"),
        Text("判题只提供 NumPy 和标准库。", "Only NumPy and the standard library are there for grading."),
    ),
    "asks-for-input": (
        Text("调用了 input()，判题时没有人输入{line}", "it calls input(), and nobody is there to answer{line}"),
        Text("把输入放到 if __name__ == '__main__': 之下。", "Keep input() under if __name__ == '__main__':."),
    ),
    "other-submission": (
        Text(
            "导入了别人的作业：一起评判的作业互相看不见{line}",
            "it imports another submission: what is graded together is out of each other's sight{line}",
        ),
        Text(
            "公用模块里不要有练习的函数；自己的多个文件请放进自己的文件夹，或单独评判。",
            "A shared module must not answer a drill; put files of your own into a folder of your own, or grade them alone.",
        ),
    ),
    "undefined-name": (
        Text("用到了没有定义的名字：{message}{line}", "it uses a name that is not defined: {message}{line}"),
        None,
    ),
    "divides-by-zero": (
        Text("除数为 0{line}", "it divides by zero{line}"),
        Text(
            "两个面积为 0 的框，并集也为 0：先判断再相除。",
            "Two boxes without area have no union: check before you divide.",
        ),
    ),
    "truth-of-an-array": (
        Text("把整个数组当成了一个真假值{line}", "a whole array is used as one true-or-false value{line}"),
        Text(
            "用 .all() 或 .any()；判断参数是否缺省用 is None。",
            "Use .all() or .any(), and 'is None' for an argument that was left out.",
        ),
    ),
    "shapes-do-not-fit": (
        Text(
            "形状不同的数组放到了一起运算{line}：{message}",
            "arrays whose shapes do not fit are combined{line}: {message}",
        ),
        Text(
            "检查 axis；两两组合时用 a[:, None] 和 b[None, :]。",
            "Check axis=...; to combine all with all, write a[:, None] and b[None, :].",
        ),
    ),
    "array-for-a-number": (
        Text(
            "需要一个整数的地方得到了数组或小数{line}：{message}",
            "an array or a fraction stands where a whole number belongs{line}: {message}",
        ),
        Text(
            "np.max(a, b) 把 b 当作轴：比较两个数组用 np.maximum(a, b)；下标和长度要用 int。",
            "np.max(a, b) takes b for an axis: np.maximum(a, b) compares two arrays; indices and lengths are ints.",
        ),
    ),
    "caret-is-no-power": (
        Text("^ 不是乘方，而是按位异或{line}", "^ is no power but a bitwise operation{line}"),
        Text("乘方写成 x ** 2。", "Write x ** 2."),
    ),
    "list-method-on-array": (
        Text(
            "对 NumPy 数组用了列表的方法{line}：{message}",
            "a method of lists is called on a NumPy array{line}: {message}",
        ),
        Text(
            "先转成列表，或用 np.delete、np.append、布尔下标。",
            "Make it a list first, or use np.delete, np.append or a mask.",
        ),
    ),
    "unwritten-memory": (
        Text(
            "用了 where= 却没有 out=：没有算的位置上是内存里原来的数，碰巧对了也会变",
            "where= is used without out=: where nothing is calculated whatever lay in memory stays, and may be another number next time",
        ),
        Text(
            "np.divide(a, b, out=np.zeros_like(a), where=b > 0)。",
            "np.divide(a, b, out=np.zeros_like(a), where=b > 0).",
        ),
    ),
    "wants-tensors": (
        Text(
            "它要的是 torch 张量，而判题传入的是 NumPy 数组{line}：{message}",
            "it takes torch tensors, and the judge passes NumPy arrays{line}: {message}",
        ),
        Text(
            "改用 NumPy 来写；或者在装有 torch 的环境里评判，并在文件里 import torch。",
            "Write it with NumPy; or grade it where torch is installed, with import torch in the file.",
        ),
    ),
    "attributes-of-an-array": (
        Text(
            "它要的是带有 .{name} 之类属性的对象，而判题传入的是数组{line}",
            "it takes objects with attributes such as .{name}; the judge passes arrays{line}",
        ),
        Text(
            "改用下标取数，例如 x1, y1, x2, y2 = box[:4]。",
            "Take the numbers by their place, as in x1, y1, x2, y2 = box[:4].",
        ),
    ),
    "nothing-to-reduce": (
        Text(
            "对空的序列取了最大、最小或拼接{line}：{message}",
            "it takes the maximum, minimum or stack of nothing{line}: {message}",
        ),
        Text("输入为空时先返回。", "Return early where the input is empty."),
    ),
    "outside-the-sequence": (
        Text("下标超出了范围{line}：{message}", "an index lies outside the sequence{line}: {message}"),
        Text("检查循环的范围和空输入。", "Check the range of the loop, and empty inputs."),
    ),
    "lists-do-not-calculate": (
        Text("列表不能逐元素运算{line}：{message}", "lists do not calculate element by element{line}: {message}"),
        Text(
            "先用 np.asarray(...) 转成数组，或写循环。", "Turn them into arrays with np.asarray(...), or write a loop."
        ),
    ),
    "uses-none": (
        Text("用到了 None{line}：{message}", "None is used as if it were a value{line}: {message}"),
        Text(
            "检查辅助函数是否每条路径都有 return。", "Check that every path of your helper function returns something."
        ),
    ),
    "unpacks-another-count": (
        Text(
            "等号左边的变量个数与右边不符{line}：{message}",
            "more or fewer names stand on the left than there are values{line}: {message}",
        ),
        None,
    ),
    "index-is-no-integer": (
        Text(
            "用小数或其他类型作下标{line}：{message}",
            "something that is no integer is used as an index{line}: {message}",
        ),
        Text("用整数数组、int(...) 或布尔数组作下标。", "Index with integers, int(...) or a mask."),
    ),
    "read-only": (
        Text(
            "写入了不能修改的对象{line}：{message}", "it writes into something that cannot be changed{line}: {message}"
        ),
        Text("先用 .copy() 或 list(...) 复制。", "Copy it first, with .copy() or list(...)."),
    ),
    "recursion-too-deep": (
        Text("递归太深{line}", "the recursion runs too deep{line}"),
        Text("改用循环。", "Use a loop."),
    ),
    "wrong-arguments": (
        Text("不知道怎样调用它：{message}", "no way was found to call it: {message}"),
        Text("约定的参数是 {signature}。", "The contract's parameters are {signature}."),
    ),
    "input-changed": (
        Text(
            "改变了传入的参数（{roles}）：调用者会看到", "it changes its arguments ({roles}), which the caller can see"
        ),
        Text("先复制再修改。", "Copy before you change."),
    ),
    "state-kept": (
        Text(
            "同样的输入，调用顺序不同，结果不同：调用之间保留了状态",
            "the same input gives other answers in another order of calls: something is kept between them",
        ),
        Text(
            "检查可变的默认参数、全局变量、缓存，以及没有写过就读的 np.empty。",
            "Look for mutable default arguments, globals, caches, and an np.empty that is read before it is written.",
        ),
    ),
    "answers-differ": (
        Text("同样的输入两次调用结果不同", "two equal calls give different answers"),
        Text(
            "结果不应依赖随机数，也不应读没有写过的 np.empty。",
            "The result must not depend on chance, nor on an np.empty that is read before it is written.",
        ),
    ),
}

# What the cases have in common on which an answer is wrong.
TAGS: dict[str, Text] = {
    "empty": Text("没有任何框的输入", "an input without boxes"),
    "single": Text("只有一个元素的输入", "an input of one element"),
    "duplicates": Text("有完全相同的元素的输入", "inputs with identical elements"),
    "ties": Text("得分相同的输入", "inputs with equal scores"),
    "threshold": Text("恰好等于阈值的输入", "inputs that lie exactly at the threshold"),
    "touching": Text("框只是相接的输入", "boxes that only touch"),
    "fraction": Text("坐标不是整数的输入", "coordinates that are no integers"),
    "negative": Text("坐标为负的输入", "negative coordinates"),
    "no-area": Text("面积为 0 的框", "boxes without area"),
    "0/0": Text("两个面积都为 0 的框（0/0）", "two boxes without area (0/0)"),
    "chain": Text("一个接一个重叠的框", "boxes that overlap like a chain"),
    "threshold-0": Text("阈值为 0", "a threshold of 0"),
    "zero-scores": Text("得分为 0 的框", "boxes with score 0"),
    "low-scores": Text("得分很低的框", "boxes with low scores"),
    "large": Text("很大的输入", "a large input"),
    "disjoint": Text("不相交的框", "boxes that do not overlap"),
    "nested": Text("一个框在另一个之内", "a box inside another"),
    "shapes": Text("两组框数量不同的输入", "two sets of boxes of different size"),
    "empty-cluster": Text("有的簇是空的", "a cluster that gets no point"),
    "equal-distance": Text("到两个中心距离相等的点", "points at equal distance from two centroids"),
    "too-many-clusters": Text("k 大于点数", "k larger than the number of points"),
    "one-cluster": Text("k = 1", "k = 1"),
    "integers": Text("整数类型的输入", "inputs of an integer type"),
    "many-rounds": Text("需要很多轮才收敛的输入", "inputs that take many rounds to converge"),
    "many-points": Text("有上百个点、各组重叠的输入", "more than a hundred points in groups that overlap"),
    "no-init": Text("init 为 None 的输入", "an init of None"),
    "far": Text("离初始中心很远的点", "points far from the start"),
    "many-boxes": Text("有几十个框的输入", "dozens of boxes"),
    "all-points": Text("k 等于点数", "k equal to the number of points"),
    "one-dimension": Text("一维的点", "points of one dimension"),
    "small": Text("很小的框", "very small boxes"),
    "large-coordinates": Text("坐标上千的框", "boxes with coordinates in the thousands"),
    "below-threshold": Text("起始得分就低于阈值的框", "boxes that start below the score threshold"),
    "re-ranked": Text("衰减后名次改变的框", "boxes whose rank changes through the decay"),
}
