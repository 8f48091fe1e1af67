"""Tell plain Chinese from bytes of another encoding which happen to be Chinese characters.

Two bytes of Korean or Japanese nearly always read as some character of level 1 of GB/T 2312, so that a text must do
better: hold the characters that everybody writes, and pairs that libraries write. Each sign counts as the logarithm of
how much likelier it stands in Chinese than in such a misreading.
"""

import math
import re
from collections.abc import Collection

# The commonest of Chinese prose, and what names and addresses of libraries are made of.
COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日"
    "军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美"
    "相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解"
    "水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计"
    "管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完"
    "设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔红联"
    "六七八九零百千号街镇村庄乡州城省县佛图馆借阅读览座席者办证服站居委楼层厦广港园校班级幼初职"
    "智慧驿粤吧角落屋吉祥幸福和顺禅祖庙桂沥狮丹灶容伦勒流陈滘杏坛均龙江荷杨坭塘芦苞云乐从孔雀湖"
    "演示名称代码址备注说状态闭正常建筑积经纬坐标期上报际岁志愿者活项目综阅"
    "钱财商店超厂房桥河涌岗岭坑田东头华丰富兴宁永康泰源景星辉翠松竹梅兰青黄蓝绿春夏秋冬早晚周"
    "副主任秘编辑审核负责姓电话邮箱网站版本旧停启撤并移迁搬暂试运营筹"
)
PAIRS = frozenset(
    "图书 书馆 分馆 总馆 场馆 馆藏 中心 读书 书房 书屋 驿站 阅读 智能 智慧 文化 文家 粤书 书吧 借阅 阅览 "
    "服务 务点 街道 社区 村委 委会 居委 佛山 南海 禅城 顺德 高明 三水 演示 名称 馆名 代码 地址 级别 类别 "
    "电话 期间 备注 说明 状态 开放 闭馆 正常 建筑 面积 座席 经度 纬度 坐标 日期 上级 行政 镇街 广场 大道 "
    "学校 小学 中学 公园 花园 大厦 东路 西路 南路 北路 人民 文体 综合 办事 城市 新城 月份 入馆 人次 册次 "
    "外借 活动 参加 流通 办证 读者 网站 自助 少儿 儿童 老年 职工 基层 简称 运营 退出 加入 一楼 二楼 三楼 "
    "桂城 大沥 狮山 里水 西樵 九江 丹灶 祖庙 石湾 张槎 大良 容桂 伦教 勒流 乐从 陈村 北滘 杏坛 均安 龙江 "
    "荷城 杨和 明城 更合 西南 云东 白坭 大塘 芦苞 乐平 阅家 示村 示路 示街".split()
)
BETWEEN = frozenset("（）《》〈〉、，。：；！？“”‘’—…·－　【】～")
LEVEL_1 = frozenset(
    bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF - 5 * (row == 0xD7))
)
LEVEL_2 = frozenset(bytes((row, cell)).decode("gb2312") for row in range(0xD8, 0xF8) for cell in range(0xA1, 0xFF))
HANZI = re.compile("[\u4e00-\u9fff]")
CELL = re.compile(r"[^,;\t\r\n\"]+")
PAIR = re.compile("|".join(sorted(PAIRS)))
LINE = re.compile(r"[^\r\n]+")
OF_COMMON, OF_LEVEL_1, OF_LEVEL_2, OF_OTHERS, OF_PAIR, OF_WORD = 1.2, -1.0, -1.5, -3.0, 3.0, 9.0
ENOUGH, ENOUGH_WITHOUT_PAIRS = 6.0, 10.0
# So much doubt in one line is more than a rare name.
DOUBT = -5.0


class Weights(dict[str, float]):
    """Give the weight of a character; those outside GB/T 2312 are too many to be kept."""

    def __missing__(self, _sign: str) -> float:
        return OF_OTHERS


WEIGHTS = Weights(
    {
        **dict.fromkeys(LEVEL_2, OF_LEVEL_2),
        **dict.fromkeys(LEVEL_1, OF_LEVEL_1),
        **dict.fromkeys(COMMON, OF_COMMON),
        **dict.fromkeys(BETWEEN, 0.0),
        **dict.fromkeys(map(chr, range(128)), 0.0),
    }
)


def is_plainly_chinese(text: str, words: Collection[str] = ()) -> bool:
    """Tell whether nobody would take this text for another language read wrongly; `words` are known beforehand."""
    known = len({cell[0] for cell in CELL.finditer(text) if cell[0] in words and HANZI.search(cell[0])}) if words else 0
    total, pairs = weighed(text, words)
    return total + OF_WORD * known >= (ENOUGH if pairs or known else ENOUGH_WITHOUT_PAIRS)


def could_be_chinese(text: str) -> bool:
    """Tell whether there is more for Chinese than against it, on however little."""
    return weighed(text)[0] > 0


def weighed(text: str, words: Collection[str] = ()) -> tuple[float, int]:
    """Add up what speaks for Chinese; a line that is none speaks against the whole."""
    total, pairs = 0.0, 0
    for found in LINE.finditer(text):
        line = found[0]
        if line.isascii():
            continue
        if words:
            line = CELL.sub(lambda cell: "" if cell[0] in words else cell[0], line)
        met = len(PAIR.findall(line))
        score = sum(map(WEIGHTS.__getitem__, line)) + OF_PAIR * met
        if score < DOUBT:
            return -math.inf, 0
        total, pairs = total + score, pairs + met
    return total, pairs
