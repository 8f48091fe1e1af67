"""One letter of each kind, and some that are made to hurt."""

from datetime import date

from fsul_portal.letters.content import Cell, Check, Kind, Labelled, Letter, Paragraph, Table, item, section, typed

COMMITTEE = "佛山市联合图书馆专业委员会"
OFFICE = "佛山市联合图书馆统筹管理小组"
DAY = date(2026, 11, 26)
CHECK = Check("7H3K-9QWX-2MRT", "https://portal.example.org/check/")
SENTENCE = "各成员馆应当按照统一标识、统一平台、统一资源的要求做好服务工作，并于每月五日前报送上月数据。"


def row(*texts, labels=True):
    """Return a row of labels and values in turn."""
    return tuple(Cell(text, is_label=labels and not number % 2) for number, text in enumerate(texts))


NOTICE = Letter(
    kind=Kind.NOTICE,
    title=f"关于召开{COMMITTEE}2026年第2次联席会议的通知",
    number="佛联图〔2026〕12号",
    addressee="各成员单位",
    body=(
        Paragraph("根据工作安排，定于近期召开本年度第2次联席会议。现将有关事项通知如下。"),
        section(1, "时间：", "2026年12月3日（星期四）9:30"),
        section(2, "地点：", "佛山市图书馆五楼会议室"),
        section(3, "议程"),
        item(1, "审议《佛山市联合图书馆2026年度报告》编制方案"),
        item(2, "讨论2027年考评办法"),
        Paragraph(head="（一）参会人员", level=2),
    ),
    attachments=("会议回执", "《佛山市联合图书馆2026年度报告》编制方案（征求意见稿）及各区总馆反馈意见汇总"),
    signers=(COMMITTEE,),
    day=DAY,
    copies="佛山市图书馆学会",
    printed_by=OFFICE,
    is_sealed=True,
    check=CHECK,
)

LETTER = Letter(
    kind=Kind.LETTER,
    mark=COMMITTEE,
    number="佛联图函〔2026〕3号",
    title="关于商请协助开展联合图书馆通借通还物流线路调整工作的函",
    addressee="佛山市邮政分公司：",
    body=(*typed("一、线路。" + SENTENCE * 2 + "\n（一）禅城线\n1.祖庙路\n（1）每日一班\n专此函达。"),),
    attachments=("线路调整表",),
    signers=(COMMITTEE, "佛山市图书馆"),
    day=DAY,
    is_sealed=True,
    check=CHECK,
)

MINUTES = Letter(
    kind=Kind.MINUTES,
    mark=f"{COMMITTEE}会议纪要",
    number="2026年第2次",
    title="2026年第2次联席会议纪要",
    body=(
        *typed(
            f"{SENTENCE}\n一、审议年度报告。会议听取了统筹管理小组的汇报。\n二、议定事项\n（一）年报于五月底前发布。"
        ),
        Table(
            (1, 5, 3, 3),
            (
                tuple(Cell(text, is_label=True) for text in ("序号", "议定事项", "责任单位", "完成时限")),
                row("1", "年度报告发布", "统筹管理小组", "2027-05-31", labels=False),
                row("2", "考评办法征求意见", "统筹管理小组、各区总馆", "2027-03-31", labels=False),
            ),
            heads=1,
        ),
        Labelled(
            "出席", "梁主任（佛山市图书馆）、黄委员（禅城区图书馆）、陈委员（南海区图书馆）、李委员（顺德区图书馆）"
        ),
        Labelled("请假", "何委员（高明区图书馆）"),
    ),
    signers=(COMMITTEE,),
    day=DAY,
    copies="各成员单位",
    printed_by=OFFICE,
    check=CHECK,
)

RECEIPT = Letter(
    kind=Kind.RECEIPT,
    title="成员馆变更备案回执",
    number="FSUL-BA-2026-0001",
    addressee="佛山市南海区图书馆",
    body=(
        Paragraph("你单位报送的南海区大沥镇阅读家（NH003）迁址备案材料收悉。经审核，予以备案。"),
        Paragraph("特此回执。"),
    ),
    attachments=("成员馆变更备案表",),
    signers=(OFFICE,),
    day=DAY,
    is_sealed=True,
    check=CHECK,
)

CERTIFICATE = Letter(
    kind=Kind.CERTIFICATE,
    title="培训证书",
    number="佛联图培〔2026〕18号",
    body=(Paragraph("陈晓明同志参加编目业务培训，共计24学时，考核合格，特发此证。"),),
    signers=(COMMITTEE,),
    day=DAY,
    is_sealed=True,
    check=CHECK,
)

FORM = Letter(
    kind=Kind.FORM,
    title="佛山市联合图书馆成员馆变更备案表",
    number="FSUL-BA-2026-0001",
    body=(
        Table(
            (4, 8, 8),
            (
                (Cell("成员馆", is_label=True), Cell("NH003 南海区大沥镇阅读家", span=2)),
                (Cell("事项", is_label=True), Cell("变更前", is_label=True), Cell("变更后", is_label=True)),
                (Cell("地址", is_label=True), Cell("大沥演示路8号"), Cell("大沥演示路88号")),
                (Cell("申请理由", is_label=True), Cell("旧址租约到期", span=2)),
                (Cell("区总馆\n意见", is_label=True), Cell("同意。", span=2, foot="（盖章）　2026年11月20日")),
                (Cell("统筹管理\n小组意见", is_label=True), Cell("", span=2, foot="（盖章）　　　年　　月　　日")),
            ),
        ),
    ),
    check=CHECK,
)

LONG = Letter(
    kind=Kind.NOTICE,
    title="关于长文的通知",
    addressee="各成员馆",
    body=tuple(Paragraph(SENTENCE * count) for count in (3, 8, 1, 14, 2, 9, 5, 11)),
    signers=(OFFICE,),
    day=DAY,
    check=CHECK,
)

# Sixty lines of 28 characters; the first one begins two characters in.
GRID = Letter(kind=Kind.LETTER, title="版心", body=(Paragraph("图" * (28 * 60 - 2)),))

ALL = {
    "notice": NOTICE,
    "letter": LETTER,
    "minutes": MINUTES,
    "receipt": RECEIPT,
    "certificate": CERTIFICATE,
    "form": FORM,
    "long": LONG,
    "grid": GRID,
}
