"""The ways in which people get the table of all pairs wrong: the wrong pair in a place, a row lost, another shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cv_quiz.drills._numpy import np
from cv_quiz.drills.contract import Instead, Mutant, Shaped
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PAIRS = "overlap(rows[:, None], columns[None], pixel, empty, *smoothing)"
# How the reference ends.
_END = "    return np.round(table, digits)\n"
_AREA = "(({0}[:, 2] - {0}[:, 0]) * ({0}[:, 3] - {0}[:, 1]))"
_BY_AREA = _AREA.format("rows").replace("((", "-((", 1)

# Row by row, the value of the pair before where there is no overlap.
_CARRIED = (
    "    flat, last = table.ravel(), 0.0\n    for at in range(flat.size):\n"
    "        last = flat[at] = flat[at] if flat[at] > 0 else last\n"
)

MATRIX_MUTANTS = (
    Mutant(
        "areas-not-broadcast",
        Text("两组框的面积没有按行、列展开：第一组的面积沿着列排开了", "the areas of the first set run along the columns: they are not spread over the rows"),
        (("area_b - inter + eps", "area_b - inter + eps - area_a + np.broadcast_to(area_a.reshape(1, -1), inter.shape)"),),
        Text("area_a[:, None] + area_b[None, :]。", "area_a[:, None] + area_b[None, :]."),
        variants=(
            (("area_b - inter + eps", "area_b - inter + eps - area_b + np.broadcast_to(area_b.reshape(-1, 1), inter.shape)"),),
        ),
    ),
    Mutant(
        "only-own-row",
        Text("只算了第 i 个框与第 i 个框，其余元素都是 0", "only box i with box i is computed, all other entries stay 0"),
        ((PAIRS, PAIRS + " * np.eye(len(rows), len(columns))"),),
        Text("用 boxes_a[:, None] 和 boxes_b[None, :]，或两层循环。", "Use boxes_a[:, None] and boxes_b[None, :], or two loops."),
    ),
    Mutant(
        "upper-triangle-only",
        Text("只算了矩阵的一半：两组框不同时矩阵并不对称", "only one half of the matrix is computed: it is not symmetric where the two sets differ"),
        ((PAIRS, f"np.triu({PAIRS})"),),
        Text("两层循环都要从头开始。", "Both loops run over everything."),
        variants=(
            ((PAIRS, f"np.triu({PAIRS}, 1)"),), ((PAIRS, f"np.tril({PAIRS})"),), ((PAIRS, f"np.tril({PAIRS}, -1)"),),
            ((_END, "    half = min(table.shape)\n    upper = np.triu(table[:half, :half])\n"
              "    table[:half, :half] = upper + np.triu(upper, 1).T\n    table[half:] = 0\n" + _END),),
            ((_END, "    half = min(table.shape)\n    lower = np.tril(table[:half, :half])\n"
              "    table[:half, :half] = lower + np.tril(lower, -1).T\n    table[:, half:] = 0\n" + _END),),
        ),
    ),
    Mutant(
        "last-row-lost",
        Text("最后一行或最后一列没有计算（循环少了一次）", "the last row or column is not computed (the loop ends too early)"),
        ((PAIRS, PAIRS + " * (np.arange(len(rows)) < len(rows) - 1)[:, None]"),),
        Text("range(n) 已经到 n − 1 为止。", "range(n) already ends at n - 1."),
        variants=(((PAIRS, PAIRS + " * (np.arange(len(columns)) < len(columns) - 1)"),),),
    ),
    Mutant(
        "first-row-lost",
        Text("第一行或第一列没有计算（循环从 1 开始）", "the first row or column is not computed (the loop begins at 1)"),
        ((PAIRS, PAIRS + " * (np.arange(len(rows)) > 0)[:, None]"),),
        Text("用 range(n)，从 0 开始。", "Use range(n), which begins at 0."),
        variants=(((PAIRS, PAIRS + " * (np.arange(len(columns)) > 0)"),),),
    ),
    Mutant(
        "compares-with-itself",
        Text("把一组框与它自己比较，没有用到另一组", "one set is compared with itself: the other is never used"),
        (("overlap(rows[:, None], columns[None]", "overlap(rows[:, None], rows[None]"),),
        Text("行来自 boxes_a，列来自 boxes_b。", "The rows come from boxes_a, the columns from boxes_b."),
        variants=((("overlap(rows[:, None], columns[None]", "overlap(columns[:, None], columns[None]"),),),
    ),
    Mutant(
        "only-first-row",
        Text("只填了第一行：return 缩进到了外层循环之内", "only the first row is filled: the return stands inside the outer loop"),
        ((PAIRS, PAIRS + " * (np.arange(len(rows)) == 0)[:, None]"),),
        Text("把 return 移到循环之外。", "Move the return out of the loop."),
        variants=(((PAIRS, PAIRS + " * (np.arange(len(columns)) == 0)"),),
                  ((PAIRS, f"{PAIRS}[:1]"),), ((PAIRS, f"{PAIRS}[:, :1]"),)),
    ),
    Mutant(
        "rows-are-one-list",
        Text("所有的行都是同一行：[[0] * m] * n 让每一行指向同一个列表", "all rows are the same: [[0] * m] * n makes every row the same list"),
        ((PAIRS, f"np.repeat({PAIRS}[-1:], len(rows), axis=0)"),),
        Text("用 np.zeros((n, m))，或 [[0] * m for _ in range(n)]。", "Use np.zeros((n, m)), or [[0] * m for _ in range(n)]."),
        variants=(((PAIRS, f"np.repeat({PAIRS}[:1], len(rows), axis=0)"),),),
    ),
    Mutant(
        "row-ends-at-first-separate",
        Text("遇到第一对不相交的框就结束了这一行（break 应为 continue）", "a row ends at its first pair that does not overlap (break where continue is meant)"),
        ((PAIRS, f"{PAIRS} * np.logical_and.accumulate({PAIRS} > 0, axis=1)"),),
        Text("跳过这一对，继续看下一个。", "Skip that pair and go on with the next."),
        variants=(((PAIRS, f"{PAIRS} * np.logical_and.accumulate({PAIRS} > 0, axis=0)"),),
                  *(((PAIRS, f"{PAIRS} * np.logical_and.accumulate({beside}, axis=1)"),) for beside in (
                      "columns[None, :, 0] < rows[:, None, 2]", "columns[None, :, 1] < rows[:, None, 3]",
                      "columns[None, :, 2] > rows[:, None, 0]", "columns[None, :, 3] > rows[:, None, 1]"))),
    ),
    Mutant(
        "value-not-reset",
        Text("不相交的一对沿用了上一对的值：变量没有重新设为 0", "a pair that does not overlap keeps the value of the pair before: the variable is not set back to 0"),
        ((_END, _CARRIED + _END),),
        Text("在内层循环的开头写 value = 0。", "Write value = 0 at the start of the inner loop."),
    ),
    Mutant(
        "sums-mixed-in",
        Text("并集减去的是整行（或整列）交集之和，而不是这一对的交集", "the union subtracts the sum of a whole row (or column) of intersections, not the intersection of the pair"),
        (("area_b - inter + eps", "area_b - inter.sum(axis=-1, keepdims=True) + eps"),),
        Text("逐个元素相减：不要 sum()。", "Subtract element by element, without sum()."),
        variants=((("area_b - inter + eps", "area_b - inter.sum(axis=0, keepdims=True) + eps"),), (("area_b - inter + eps", "area_b - inter.sum() + eps"),),
                  (("area_b - inter + eps", "area_b.sum() - inter + eps"),), (("area_b - inter + eps", "area_b - inter + eps - area_a + area_a.sum()"),)),
    ),
    Mutant(
        "diagonal-set",
        Text("对角线被设成了 0（或 1）：两组框是不同的集合，第 i 个与第 i 个不是同一个框", "the diagonal is set to 0 (or 1): box i of one set is not box i of the other"),
        ((PAIRS, f"np.where(np.eye(len(rows), len(columns)) == 1, 0.0, {PAIRS})"),),
        Text("对角线与别处一样计算。", "Compute the diagonal like everything else."),
        variants=(((PAIRS, f"np.where(np.eye(len(rows), len(columns)) == 1, 1.0, {PAIRS})"),),),
    ),
    Mutant(
        "rows-reordered",
        Text("行或列的次序变了（例如按面积排了序）：第 i 行应是 boxes_a[i]", "rows or columns come in another order (sorted by area, say): row i has to be boxes_a[i]"),
        ((PAIRS, f"{PAIRS}[np.argsort({_BY_AREA}, kind='stable')]"),),
        Text("不要对输入排序。", "Do not sort the inputs."),
        variants=(
            ((PAIRS, f"{PAIRS}[np.argsort({_AREA.format('rows')}, kind='stable')]"),),
            ((PAIRS, f"{PAIRS}[:, np.argsort(-{_AREA.format('columns')}, kind='stable')]"),),
            ((PAIRS, f"{PAIRS}[:, np.argsort({_AREA.format('columns')}, kind='stable')]"),),
            ((PAIRS, f"{PAIRS}[np.argsort(rows[:, 0], kind='stable')]"),),
            ((PAIRS, f"{PAIRS}[::-1]"),), ((PAIRS, f"{PAIRS}[:, ::-1]"),),
            ((PAIRS, f"np.sort({PAIRS}, axis=1)[:, ::-1]"),), ((PAIRS, f"np.sort({PAIRS}, axis=1)"),),
        ),
    ),
    Mutant(
        "pairs-misplaced",
        Text("配对的次序错了：两组都用 repeat（或都用 tile）展开，没有得到所有的组合", "the pairs are lined up wrongly: both sets are spread by repeat (or both by tile), which misses combinations"),
        ((PAIRS, "overlap(np.repeat(rows, len(columns), axis=0), np.repeat(columns, len(rows), axis=0), pixel, empty, *smoothing).reshape(len(rows), len(columns))"),),
        Text("第一组用 repeat，第二组用 tile，或直接用广播。", "Repeat the first set and tile the second, or broadcast."),
        variants=(
            ((PAIRS, "overlap(np.tile(rows, (len(columns), 1)), np.tile(columns, (len(rows), 1)), pixel, empty, *smoothing).reshape(len(rows), len(columns))"),),
            ((PAIRS, "overlap(np.tile(rows, (len(columns), 1)), np.repeat(columns, len(rows), axis=0), pixel, empty, *smoothing).reshape(len(rows), len(columns))"),),
        ),
    ),
    Mutant(
        "shape-turned-round",
        Text("结果的形状弄成了 (m, n)：数的次序正确，却按另一种形状折行", "the result has the shape (m, n): the numbers are in the right order but folded the other way"),
        ((PAIRS, f"{PAIRS}.reshape(len(columns), len(rows))"),),
        Text("reshape(n, m)：n 是 boxes_a 的个数。", "Use reshape(n, m), where n counts boxes_a."),
    ),
    Mutant(
        "rows-pile-up",
        Text("存放一行的列表没有在每一行开始时清空：各行越来越长", "the list for a row is not begun anew for each row: rows hold the values of all rows before"),
        ((PAIRS, f"np.tile({PAIRS}.reshape(1, -1), (len(rows), 1))"),),
        Text("在外层循环之内写 row = []。", "Write row = [] inside the outer loop."),
    ),
    Mutant(
        "size-of-one-set",
        Text("结果的大小用了同一组框的个数两次：应为 (n, m)", "the result is made with the size of one set twice: it has to be (n, m)"),
        ((PAIRS, f"np.pad({PAIRS}, ((0, 0), (0, len(rows) - len(columns))))"),),
        Text("np.zeros((len(boxes_a), len(boxes_b)))。", "np.zeros((len(boxes_a), len(boxes_b)))."),
        variants=(((PAIRS, f"np.pad({PAIRS}, ((0, len(columns) - len(rows)), (0, 0)))"),),),
    ),
    Mutant(
        "scaled-to-largest",
        Text("结果又除以了最大值或一行的和", "the result is divided by its maximum, or by the sum of a row"),
        ((PAIRS, f"{PAIRS} / max({PAIRS}.max(initial=0.0), 1e-12)"),),
        Text("IoU 本来就在 0 到 1 之间，不用再缩放。", "IoU lies in 0..1 as it is: do not scale it."),
        variants=(((PAIRS, f"{PAIRS} / np.maximum({PAIRS}.sum(axis=1, keepdims=True), 1e-12)"),),
                  ((PAIRS, f"{PAIRS} / np.maximum({PAIRS}.max(axis=1, keepdims=True, initial=0.0), 1e-12)"),)),
    ),
    Mutant(
        "only-best-kept",
        Text("每一行只保留了最大的值，其余变成了 0", "only the largest value of each row is kept, the others are set to 0"),
        ((PAIRS, f"np.where({PAIRS} == {PAIRS}.max(axis=1, keepdims=True, initial=0.0), {PAIRS}, 0.0)"),),
        Text("返回所有的值。", "Return all values."),
        variants=(((PAIRS, f"np.where({PAIRS} == {PAIRS}.max(axis=0, keepdims=True, initial=0.0), {PAIRS}, 0.0)"),),),
    ),
)  # fmt: skip


def _squeezed(inputs: Mapping[str, Any], answer: Any) -> Any:
    del inputs
    return np.squeeze(answer)


def _element_by_element(inputs: Mapping[str, Any], answer: Any) -> Any:
    """What arrays of one length each give, a single box being spread over the others."""
    del inputs
    if 1 in answer.shape:
        return answer.ravel()
    return answer.diagonal() if len(answer) == answer.shape[1] else None


def _above(limit: float) -> Callable[[Mapping[str, Any], Any], Any]:
    """Whether the answer exceeds a limit, as truth values."""
    return lambda _inputs, answer: np.asarray(answer) > limit


MATRIX_INSTEAD = (
    Instead(
        "best-of-each-row",
        Text("返回的是每个框的最大 IoU，而不是整个矩阵", "it returns the largest IoU of each box, not the whole matrix"),
        lambda _inputs, table: table.max(axis=1),
        Text("返回 (n, m) 的矩阵，最后不取 max。", "Return the (n, m) matrix and take no maximum at the end."),
    ),
    Instead(
        "best-of-each-row",
        Text("返回的是每一列的最大 IoU，而不是整个矩阵", "it returns the largest IoU of each column, not the whole matrix"),
        lambda _inputs, table: table.max(axis=0),
        Text("返回 (n, m) 的矩阵，最后不取 max。", "Return the (n, m) matrix and take no maximum at the end."),
    ),
    Instead(
        "which-is-best",
        Text("返回的是每个框与哪个框最重合（argmax），而不是 IoU 矩阵", "it returns which box overlaps most (argmax), not the matrix of IoUs"),
        lambda _inputs, table: table.argmax(axis=1),
        Text("返回 (n, m) 的矩阵。", "Return the (n, m) matrix."),
    ),
    Instead(
        "only-equal-indices",
        Text("只算了第 i 个框与第 i 个框，结果是一维的：缺少两两组合", "only box i is compared with box i, so that the result is flat: all pairs are asked"),
        _element_by_element,
        Text("用 boxes_a[:, None] 和 boxes_b[None, :]，或两层循环。", "Use boxes_a[:, None] and boxes_b[None, :], or two loops."),
    ),
    Instead(
        "only-equal-indices",
        Text("用 zip 把两组框一一配对：应当两两组合", "the boxes are paired one by one, as zip does: all pairs are asked"),
        lambda _inputs, table: table.diagonal(),
        Text("用两层循环，或 boxes_a[:, None] 和 boxes_b[None, :]。", "Use two loops, or boxes_a[:, None] and boxes_b[None, :]."),
    ),
    Instead(
        "only-equal-indices",
        Text("每个框只得到一个数，而不是每一对框一个数：两组框是一一配对的", "one number comes back for each box, not for each pair: the boxes are taken one by one, all pairs are asked"),
        lambda _inputs, table: Shaped((max(table.shape),)) if 1 in table.shape or len(table) == table.shape[1] else None,
        Text("用 boxes_a[:, None] 和 boxes_b[None, :]，或两层循环。", "Use boxes_a[:, None] and boxes_b[None, :], or two loops."),
    ),
    Instead(
        "flattened",
        Text("结果被展平成一维：应为 (n, m)", "the result is flat: it has to be (n, m)"),
        lambda _inputs, table: table.ravel(),
        Text("用 reshape(n, m)，或每一行建一个列表。", "Use reshape(n, m), or make one list for each row."),
    ),
    Instead(
        "squeezed",
        Text("长度为 1 的维被 squeeze 去掉了：n 或 m 为 1 时也应返回 (n, m)", "axes of length 1 are squeezed away: it has to be (n, m) even where n or m is 1"),
        _squeezed,
        Text("去掉 squeeze()。", "Leave out squeeze()."),
    ),
    Instead(
        "axis-left-over",
        Text("结果多了一维：应为 (n, m)", "the result has one axis too many: it has to be (n, m)"),
        lambda _inputs, table: table[..., None],
        Text("宽和高用 [..., 0] 和 [..., 1] 取出。", "Take width and height with [..., 0] and [..., 1]."),
    ),
    Instead(
        "axis-left-over",
        Text("结果多了一维：应为 (n, m)", "the result has one axis too many: it has to be (n, m)"),
        lambda _inputs, table: table[None],
        Text("去掉多余的方括号或 [None]。", "Drop the extra brackets or [None]."),
    ),
    Instead(
        "one-number",
        Text("返回的是所有 IoU 的平均值，而不是矩阵", "it returns the mean of all IoUs, not the matrix"),
        lambda _inputs, table: table.mean() if table.size else None,
        Text("返回 (n, m) 的矩阵。", "Return the (n, m) matrix."),
    ),
    Instead(
        "one-number",
        Text("返回的是最大的 IoU，而不是矩阵", "it returns the largest IoU, not the matrix"),
        lambda _inputs, table: table.max(),
        Text("返回 (n, m) 的矩阵。", "Return the (n, m) matrix."),
    ),
    *(
        Instead(
            "compared-with-threshold",
            Text("返回的是 IoU 是否超过阈值（真假），而不是 IoU", "it returns whether the IoU exceeds a threshold, not the IoU itself"),
            _above(limit),
            Text("返回数值，比较留给调用者。", "Return the numbers and leave the comparison to the caller."),
        )
        for limit in (0.5, 0.3, 0.0)
    ),
    Instead(
        "transposed",
        Text("结果被转置了：行和列互换", "the result is transposed: rows and columns are swapped"),
        lambda _inputs, table: table.T,
        Text("第一个参数对应行，第二个对应列。", "The first argument gives the rows, the second the columns."),
    ),
)  # fmt: skip

SCALAR_INSTEAD = tuple(
    Instead(
        "compared-with-threshold",
        Text("返回的是 IoU 是否超过阈值（真假），而不是 IoU", "it returns whether the IoU exceeds a threshold, not the IoU itself"),
        _above(limit),
        Text("返回数值，比较留给调用者。", "Return the number and leave the comparison to the caller."),
    )
    for limit in (0.5, 0.3, 0.0)
)  # fmt: skip
