"""Chinese terms of the field and their English words: for readable ids, and to see that two questions ask the same."""

from __future__ import annotations

from cv_quiz.documents.characters import is_han

# Longest match wins, so a term may contain another. The right side is made of slug words.
_PAIRS = """
过拟合 overfitting|欠拟合 underfitting|正则化 regularization|归一化 normalization|批归一化 batch-norm|批量归一化 batch-norm|标准化 standardization
损失函数 loss|交叉熵 cross-entropy|激活函数 activation|梯度消失 vanishing-gradient|梯度弥散 vanishing-gradient|梯度爆炸 exploding-gradient
梯度下降 gradient-descent|梯度 gradient|反向传播 backpropagation|前向传播 forward|优化器 optimizer|优化算法 optimizer|优化方法 optimizer
学习率 learning-rate|批大小 batch-size|参数初始化 initialization|权重初始化 initialization|初始化 initialization|超参数 hyperparameter
卷积神经网络 cnn|卷积层 conv-layer|卷积核 kernel|卷积 convolution|反卷积 deconvolution|转置卷积 transposed-convolution|空洞卷积 dilated-convolution
可变形卷积 deformable-convolution|深度可分离卷积 depthwise-separable|深度分离 depthwise-separable|分组卷积 group-convolution|全卷积 fully-convolutional
池化 pooling|最大池化 max-pooling|平均池化 average-pooling|全连接 fully-connected|感受野 receptive-field|步长 stride|填充 padding|通道 channel
特征图 feature-map|特征金字塔 fpn|特征 feature|残差 residual|注意力 attention|自注意力 self-attention|多头 multi-head|编码器 encoder|解码器 decoder
循环神经网络 rnn|长短期记忆 lstm|神经网络 neural-network|深度学习 deep-learning|机器学习 machine-learning|强化学习 reinforcement-learning
迁移学习 transfer-learning|半监督 semi-supervised|无监督 unsupervised|监督学习 supervised|自监督 self-supervised|对比学习 contrastive-learning
目标检测 object-detection|物体检测 object-detection|语义分割 semantic-segmentation|实例分割 instance-segmentation|图像分割 segmentation|分割 segmentation
目标跟踪 tracking|图像分类 image-classification|多标签 multi-label|分类 classification|回归 regression|聚类 clustering|检测 detection
非极大值抑制 nms|非极大抑制 nms|交并比 iou|锚框 anchor|候选框 proposal|候选区域 proposal|边界框 bounding-box|检测框 bounding-box|小目标 small-object|小物体 small-object
困难样本 hard-example|难样本 hard-example|正负样本 sample-balance|样本不均衡 class-imbalance|样本不平衡 class-imbalance|类别不均衡 class-imbalance|类别不平衡 class-imbalance
数据不平衡 class-imbalance|数据不均衡 class-imbalance|不均衡 class-imbalance|数据增强 augmentation|数据扩增 augmentation|数据扩充 augmentation|数据清洗 data-cleaning|数据集 dataset|数据 data
召回率 recall|精确率 precision|准确率 accuracy|查准率 precision|查全率 recall|评价指标 metric|评估指标 metric|混淆矩阵 confusion-matrix|置信度 confidence
决策树 decision-tree|随机森林 random-forest|支持向量机 svm|逻辑回归 logistic-regression|线性回归 linear-regression|朴素贝叶斯 naive-bayes|贝叶斯 bayes
主成分分析 pca|降维 dimensionality-reduction|奇异值 svd|特征值 eigenvalue|协方差 covariance|方差 variance|偏差 bias|极大似然 maximum-likelihood|最大似然 maximum-likelihood
交叉验证 cross-validation|集成学习 ensemble|提升 boosting|核函数 kernel-function|范数 norm|信息熵 entropy|散度 divergence|距离 distance|相似度 similarity
生成对抗网络 gan|扩散模型 diffusion|变分自编码器 vae|自编码器 autoencoder|大模型 llm|语言模型 language-model|词向量 word-embedding|嵌入 embedding|提示 prompt|微调 fine-tuning|预训练 pretraining
知识蒸馏 distillation|蒸馏 distillation|剪枝 pruning|量化 quantization|模型压缩 compression|部署 deployment|推理 inference|训练 training|测试 testing|收敛 convergence
边缘检测 edge-detection|直方图 histogram|滤波 filter|形态学 morphology|直线检测 line-detection|角点 corner|双线性插值 bilinear|插值 interpolation|图像 image|视频 video|点云 point-cloud|相机标定 camera-calibration
快速排序 quicksort|堆排序 heapsort|排序 sorting|二叉树 binary-tree|链表 linked-list|数组 array|字符串 string|哈希 hash|队列 queue|动态规划 dynamic-programming|递归 recursion
装饰器 decorator|生成器 generator|迭代器 iterator|深拷贝 deep-copy|浅拷贝 shallow-copy|匿名函数 lambda|多态 polymorphism|鸭子类型 duck-typing|元组 tuple|列表 list|字典 dict|集合 set|继承 inheritance|封装 encapsulation
进程 process|线程 thread|协程 coroutine|内存 memory|垃圾回收 garbage-collection|缓存 cache|索引 index|事务 transaction|数据库 database|网络 network|协议 protocol|异常 exception|指针 pointer|引用 reference
复杂度 complexity|算法 algorithm|模型 model|参数量 parameters|参数 parameter|权重 weight|参数更新 update|网络 network|结构 structure|框架 framework|函数 function|公式 formula|变量 variable|对象 object|接口 interface|方法 method
""".strip()

# Words that say what is asked of a topic. Questions that ask different things of one topic are different questions.
_INTENTS = """
区别 difference|不同 difference|差异 difference|对比 difference|比较 difference|异同 difference|联系 difference|关系 difference|为什么 why|为何 why|原因 why
怎么解决 solve|如何解决 solve|解决 solve|防止 solve|缓解 solve|避免 solve|减少 solve|处理 solve|作用 purpose|目的 purpose|意义 purpose|好处 purpose|优势 pros-cons|优缺点 pros-cons|优点 pros-cons|缺点 pros-cons|缺陷 pros-cons
推导 derive|求导 derive|证明 derive|代码 code|手写 code|手撕 code|手撸 code|写一个 code|写出 code|计算 compute|怎么算 compute|评价 metric|改进 improve|优化 improve|选择 choose|判断 detect|发现 detect|应用 use|场景 use
原理 how|流程 how|过程 how|步骤 how|实现 how|怎么做 how|怎样 how|如何 how|怎么 how|介绍 what|简述 what|解释 what|什么是 what|是什么 what|什么 what|哪些 which|几种 which|有哪 which|多少 how-many
""".strip()


def _table(text: str) -> dict[str, str]:
    return dict(pair.split(" ", 1) for line in text.splitlines() for pair in line.split("|"))


TERMS = _table(_PAIRS)
INTENTS = _table(_INTENTS)
_LONGEST = max(map(len, (*TERMS, *INTENTS)))


def split(text: str) -> list[tuple[str, str]]:
    """A text as (kind, word): `latin` words, `name`s such as `NMS`, `ResNet` or `v3`, `term`s and `intent`s in English,
    and the `han` characters left over. All words are lower case."""
    found: list[tuple[str, str]] = []
    at = 0
    lowered = text[:1000].lower()
    while at < len(lowered):
        character = lowered[at]
        if character.isascii() and character.isalnum():
            end = _latin_end(lowered, at)
            found.append((_latin_kind(text[at:end]), lowered[at:end].strip("-_.'+") or lowered[at:end]))
            at = end
        elif is_han(character):
            kind, word, length = _term(lowered, at)
            found.append((kind, word))
            at += length
        else:
            at += 1
    return found


def _latin_kind(word: str) -> str:
    """A word with a capital inside or a digit is a name."""
    return "name" if len(word) > 1 and any(c.isupper() or c.isdigit() for c in word[1:]) else "latin"


def _latin_end(text: str, at: int) -> int:
    end = at
    while end < len(text) and (
        (text[end].isascii() and text[end].isalnum()) or (text[end] in "-_.'+" and text[end + 1 : end + 2].isalnum())
    ):
        end += 1
    return end


def _term(text: str, at: int) -> tuple[str, str, int]:
    for length in range(min(_LONGEST, len(text) - at), 0, -1):
        word = text[at : at + length]
        if word in TERMS:
            return "term", TERMS[word], length
        if word in INTENTS:
            return "intent", INTENTS[word], length
    return "han", text[at], 1
