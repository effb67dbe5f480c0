"""Two layouts set after the readers were written: what they gave on their first run stands in corpora/pdf/README.md."""

from __future__ import annotations

from build_samples_press import Sheet, balance, flow, wrap

WEEKLY = [
    (
        ["秋粮入库九万吨"],
        "敦化市",
        [
            "本报讯（记者 邱岳）截至11月20日，敦化市收购秋粮9.3万吨，占计划的八成，其中大豆4.1万吨、玉米5.2万吨。",
            "市粮食局组织36个收购点延长营业时间，配备烘干机28台，日烘干能力达5200吨。农民卖粮平均等候时间由3小时缩短到40分钟。",
            "为防止打白条，农发行敦化支行准备收购资金2.6亿元，已投放1.85亿元。",
        ],
        "news",
    ),
    (
        ["黄泥河林区冬运开锯"],
        None,
        [
            "黄泥河林业局冬季木材生产11月15日开锯，上山职工1100余人，投入拖拉机62台、汽车85辆。全局今冬计划采运木材7.4万立方米，比去年减少两成。",
            "采伐指标减少后，林业局发展黑木耳420万袋，安置富余职工730人，人均增收6000多元。",
        ],
        "news",
    ),
    (
        ["公交线路调整公告"],
        None,
        ["自12月1日起，1路公交车延长至火车站，首班车6时发车，末班车20时30分发车，票价1元不变。"],
        "notice",
    ),
    ([], None, ["图为大石头镇农民在晾晒黄芪。该镇今年种植中药材8600亩，预计收入2300万元。任志国摄"], "caption"),
    (
        ["边远屯子通了自来水"],
        None,
        [
            "本报讯（通讯员 韩立春）沙河沿镇投资310万元，打深井9眼，铺设管道47公里，使11个屯的1260户农民吃上自来水。",
            "过去这里的村民要到2公里外挑水，一年有两三个月要化雪水吃。",
        ],
        "news",
    ),
]
BULLETIN = [
    (
        ["我县扎实推进农村危房改造"],
        None,
        [
            "今年以来，陇西县把农村危房改造作为民生实事来抓，全年计划改造3200户，截至8月底已开工2980户，竣工2150户，竣工率67.2%。",
            "严格对象认定",
            "县上组织17个工作组，入户核查困难家庭5400余户，公示3轮，取消不符合条件的132户，做到公开公平。",
            "落实补助资金",
            "县财政配套资金1280万元，整合各类项目资金4600万元，户均补助1.8万元，对五保户再补5000元。",
            "加强质量监管",
            "聘请技术人员46名，巡查工地820次，发现整改问题97个。验收合格率达到98.5%。",
        ],
        "news",
    ),
    (
        ["文峰镇发展设施蔬菜六千亩"],
        None,
        [
            "文峰镇今年新建日光温室410座、塑料大棚1500余座，设施蔬菜面积达6000亩，带动农户1870户，户均收入超过3.2万元。",
            "镇上办起冷库5座，库容3800吨，还与兰州等地的9家超市签订了供货协议。",
        ],
        "news",
    ),
]


def set_weekly(items: list) -> list[Sheet]:
    """Five columns: a headline beside its text, one that runs down, a box amid the columns, text around a picture."""
    sheet = Sheet(720, 600)
    left, width, gutter, size, leading = 30.0, 120.0, 15.0, 9.0, 13.5
    xs = [left + k * (width + gutter) for k in range(5)]
    right = xs[4] + width
    sheet.put("敦化报", left, 16, 24, "hei")
    sheet.put("2003年11月24日　星期一　第2版　本版编辑：宋玉", xs[2], 28, 8.5)
    sheet.rules.append((left, 48, right, 48))
    head, kicker, body, _ = items[0]
    sheet.put(kicker, xs[0] + 10, 60, 11)
    sheet.put(head[0], xs[0] + 10, 78, 26, "hei")  # over two columns; the text goes on to its right, level with it
    lines = wrap(body, width, size)
    flow(
        sheet,
        lines,
        [(xs[0], 118, 4), (xs[1], 118, 4), (xs[2], 60, 8), (xs[3], 60, 8), (xs[4], 60, 8)],
        width,
        size,
        leading,
    )
    sheet.rules.append((left, 180, right, 180))
    head, _, body, _ = items[1]
    sheet.put(head[0], xs[0] + 4, 194, 20, "hei", vertical=True, space=2)  # runs down beside its columns
    lines = wrap(body, width - 15, size)
    count = balance(lines, 2)
    flow(sheet, lines, [(xs[0] + 40, 194, count), (xs[1] + 40, 194, count)], width - 15, size, leading)
    sheet.pictures.append((xs[3], 194, right, 290))
    caption = wrap(items[3][2], xs[4] + width - xs[3], 8, face="hei", indent=0)
    flow(sheet, caption, [(xs[3], 296, len(caption))], width * 2 + gutter, 8, 12, "hei")
    low = 340.0
    head, _, body, _ = items[4]
    sheet.centre(head[0], xs[3], right, low, 17)
    lines = wrap(body, width, size)
    count = balance(lines, 2)
    flow(sheet, lines, [(xs[3], low + 28, count), (xs[4], low + 28, count)], width, size, leading)
    head, _, body, _ = items[2]
    inner = xs[0] + 60
    sheet.centre(head[0], inner, inner + 220, 400, 13)
    lines = wrap(body, 220, size)
    low = flow(sheet, lines, [(inner, 424, len(lines))], 220, size, leading)
    sheet.boxes.append((inner - 12, 390, inner + 232, low + 10))
    return [sheet]


def set_bulletin(items: list) -> list[Sheet]:
    """Two pages of two columns with running heads, sub-headings of larger type, an article that goes on overleaf."""
    sheets = [Sheet(420, 400), Sheet(420, 400)]
    left, width, gutter, size, leading = 40.0, 160.0, 20.0, 10.0, 16.0
    xs = (left, left + width + gutter)
    head, _, body, _ = items[0]
    sheets[0].centre(head[0], left, 380, 54, 20)
    rows: list[tuple[str, int, bool, str, float]] = []
    for paragraph in body:
        heading = len(paragraph) < 12
        scale = 1.2 if heading else 1.0
        for text, indent, full in wrap([paragraph], width, size * scale, face="hei" if heading else "song"):
            rows.append((text, indent, full, "hei" if heading else "song", size * scale))
    at = 0
    for sheet, top, count in ((sheets[0], 92.0, 15), (sheets[1], 54.0, 7)):
        for x in xs:
            for k, (text, indent, full, face, high) in enumerate(rows[at : at + count]):
                line = sheet.put(text, x + indent * high, top + k * leading, high, face)
                if full:
                    line.space = (width - indent * high - line.advance()) / (len(text) - 1)
            at += count
    if at < len(rows):
        raise ValueError(f"{len(rows) - at} lines over")
    head, _, body, _ = items[1]
    sheets[1].centre(head[0], left, 380, 190, 18)
    lines = wrap(body, width, size)
    count = balance(lines, 2)
    flow(sheets[1], lines, [(xs[0], 224, count), (xs[1], 224, count)], width, size, leading)
    for number, sheet in enumerate(sheets, 5):
        sheet.put("陇西县政务简报　2012年第9期", left, 26, 8)
        sheet.put(str(number), 372, 26, 8)
    return sheets
