"""Programs in sentences of our own: what is one, what it is called, and what is none."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from extractor.mention.program import find_programs
from extractor.mention.quotation import MARKS
from support import assert_linear

CASES = r"""
全乡大力实施“清泉入户”工程，解决饮水困难。 | 清泉入户工程/project
我市启动“百企兴百村”行动。 | 百企兴百村行动/campaign
街道推出“银杏树下”议事品牌。 | 银杏树下议事品牌/brand
县医院推行“床边结算、线上预约”服务模式，群众少跑腿。 | 床边结算、线上预约服务模式/mechanism
建立“季会商、半年评、年终考”督办机制。 | 季会商、半年评、年终考督办机制/mechanism
“码上办”小程序上线三个月，办件两万件。 | 码上办小程序/brand
开展“敬老月”“重阳送暖”等活动20余场。 | 敬老月/campaign; 重阳送暖/campaign
实施“强村富民”和“强镇兴企”两大工程。 | 强村富民/project; 强镇兴企/project
组织“书香少年”“科普进社区”志愿服务活动30场次。 | 书香少年/campaign; 科普进社区志愿服务活动/campaign
开展“护苗行动”“清源行动”，收缴非法出版物300件。 | 护苗行动/campaign; 清源行动/campaign
先后开展“夏送清凉”活动、“金秋助学”活动。 | 夏送清凉活动/campaign; 金秋助学活动/campaign
举办“乡村夜话”“庭院课堂”等系列“解民忧”活动。 | 乡村夜话/campaign; 庭院课堂/brand; 解民忧活动/campaign
成立“茶农联盟”“果农联盟”等6个产业联盟。 | 茶农联盟/mechanism; 果农联盟/mechanism
推行“合作社+基地+农户”产业模式，户均增收3000元。 | 合作社+基地+农户产业模式/mechanism
全镇推行“党建+物业”，小区面貌一新。 | 党建+物业/mechanism
县妇联实施“巾帼+家政”，培训妇女600人。 | 巾帼+家政/mechanism
街道打造“小哥加油站”，提供热水、充电等服务。 | 小哥加油站/brand
创新推出“流动车管所”“夜间服务厅”，方便群众。 | 流动车管所/brand; 夜间服务厅/brand
以“红色合伙人”为抓手，壮大集体经济。 | 红色合伙人/mechanism
印发《江滨县河道采砂管理办法》，规范采砂。 | 江滨县河道采砂管理办法/document
认真学习《关于加强耕地保护的意见》《耕地保护条例》等文件。 | 关于加强耕地保护的意见/document; 耕地保护条例/document
编写出版《柳编技艺百问》一书。 | 柳编技艺百问/document
据《江城日报》报道，桥已建成。 | -
收看《江城新闻联播》节目。 | 江城新闻联播/brand
村里办起“乡贤大讲堂”，听众场场满座。 | 乡贤大讲堂/brand
开设“新风榜”专栏，刊登好人好事。 | 新风榜专栏/brand
成立“石榴籽”调解工作室，化解纠纷86起。 | 石榴籽调解工作室/brand
组建“蒲公英”宣讲队，宣讲120场。 | 蒲公英宣讲队/brand
开展“不负韶华、强国有我”主题教育实践活动。 | 不负韶华、强国有我主题教育实践活动/campaign
落实“首席质量官”制度。 | 首席质量官制度/mechanism
深化“一业一证”改革。 | 一业一证改革/campaign
坚持“六议三公示”制度，村务公开透明。 | 六议三公示制度/mechanism
大力实施“567”行动。 | 567行动/campaign
实施“3”项计划。 | -
用好“2”类制度。 | -
县里推广“鱼鸭共生”生态养殖模式1200亩。 | 鱼鸭共生生态养殖模式/mechanism
“春苗计划”资助学生420名。 | 春苗计划/project
深入开展“蓝盾”打击整治专项行动。 | 蓝盾打击整治专项行动/campaign
一九五二年春，全区开展镇压反革命运动。 | 镇压反革命运动/campaign
在增产节约运动中，工人提出建议一千条。 | 增产节约运动/campaign
全社投入农业学大寨运动，造田八百亩。 | 农业学大寨运动/campaign
“一打三反”运动中，追回粮食五万斤。 | 一打三反运动/campaign
全省推进退耕还林工程，完成造林30万亩。 | 退耕还林工程/project
雨露计划补助学生1.2万人。 | 雨露计划/project
希望工程资助失学儿童800名。 | 希望工程/project
实施菜篮子工程，建大棚2000座。 | 菜篮子工程/project
全面推行河长制，清理河道90公里。 | 河长制/mechanism
深入开展危险化学品专项整治，排查隐患70处。 | 危险化学品专项整治/campaign
启动秋季交通安全百日行动。 | 秋季交通安全百日行动/campaign
部署开展燃气安全专项整治行动。 | 燃气安全专项整治行动/campaign
开展专项整治，查处案件5起。 | -
组建“薯业联盟”。三年来，薯业联盟带动农户800户。 | 薯业联盟/mechanism; 薯业联盟/mechanism
薯业联盟富一方\n县里组建“薯业联盟”，会员60家。 | 薯业联盟/mechanism; 薯业联盟/mechanism
打造“爱心冰箱”。如今“爱心冰箱”已有12台。 | 爱心冰箱/brand; 爱心冰箱/brand
印发《坡头镇积分管理办法》。按照《管理办法》，每月评比。 | 坡头镇积分管理办法/document; 管理办法/document
学习《村庄建设方案》（以下简称《方案》），按《方案》施工。 | 村庄建设方案/document; 方案/document; 方案/document
“‘双招双引’攻坚年”活动全面铺开。 | 双招双引攻坚年活动/campaign
「清源」行動外，開展“守护‘小树苗’”活动。 | 守护小树苗活动/campaign
开展“忆往昔 话今朝”主题党日活动。 | 忆往昔 话今朝主题党日活动/campaign
发挥党员“主心骨”作用，推动项目建设。 | -
破解“卖粮难”问题，新建粮库3座。 | -
按照“宜林则林、宜果则果”的原则，栽树5万株。 | -
坚持“一张蓝图绘到底”的发展思路。 | -
树立“过紧日子”理念，压减支出300万元。 | -
实现“小事不出村、大事不出镇”。 | -
村“两委”干部带头，修路3公里。 | -
配备“土秀才”18名。 | -
打造“示范园”14处、“样板田”7处。 | -
荣获“全国民主法治示范村”称号。 | -
该乡被评为“全省先进集体”。 | -
被群众称为“连心工程”。 | -
老李说：“自从有了合作社，我家年年增收。” | -
“去年全村增收30万元，大家干劲更足了。”支书说。 | -
“这个项目好！”村民竖起大拇指。 | -
他说，“要搞好这个项目”，大家才放心。 | -
“十四五”期间，投资12亿元。 | -
“七一”前夕，慰问老党员40名。 | -
五月份，“三八”红旗手参加劳动。 | -
让荒山“活”起来，让村民“富”起来。 | -
不搞“花架子”，不做“表面文章”。 | -
杜绝“形象工程”“政绩工程”。 | -
清退“吃空饷”人员12名。 | -
“表格化”管理、“销号制”落实。 | -
“领头羊”带动的产业越来越旺，项目增多。 | -
粉碎“四人帮”以后，生产制度恢复。 | -
组织动员干部群众投入抗旱，浇地3万亩。 | -
全县机制灵活，项目众多，活动丰富。 | -
开展“回头看”，整改问题35个。 | -
实行“一对一”帮教，转化9人。 | -
“大包干”后，粮食产量翻番。 | -
建成“四好农村路”120公里。 | -
累计“跑腿”事项600件。 | -
变“输血”为“造血”，项目落地8个。 | -
“最美家庭”评选活动共评出10户。 | 最美家庭评选活动/campaign
“大调研”“大帮扶”行动覆盖120个村。 | 大调研/campaign; 大帮扶行动/campaign
“五清”和“两改”攻坚战全面打响。 | 五清/campaign; 两改攻坚战/campaign
“领头雁”培养工程选派干部36名。 | 领头雁培养工程/project
“百千万”人才工程引进博士15名。 | 百千万人才工程/project
“一村一名大学生”培育计划结业200人。 | 一村一名大学生培育计划/project
“平安渔港”创建活动开展以来，事故下降30%。 | 平安渔港创建活动/campaign
“和谐”活动室建成5个。 | -
放映电影《渠水长流》《山村新曲》。 | -
《村镇青年》杂志刊登了照片。 | -
“菜单式”培训项目、“一站式”服务平台。 | -
“订单式”培训模式推广开来。 | 订单式培训模式/mechanism
“产业+项目”融合发展。 | -
列入“十四五”规划重大项目。 | -
编制“十四五”规划，谋篇布局。 | 十四五规划/document
“最后一公里”工程打通，“断头路”项目完工。 | -
以“党建红”引领“生态绿”，以“红色引擎”驱动项目建设。 | -
创建“全国文明城市”，建成“便民服务中心”。 | -
“星火计划”项目58项、“雪亮工程”项目3个。 | 星火计划/project; 雪亮工程/project
“千万工程”经验走向全国，“柳河经验”走红。 | 千万工程/project; 柳河经验/mechanism
学党章、“学准则、见行动”。 | -
推行“庭院七步走”矛盾调处模式。 | 庭院七步走矛盾调处模式/mechanism
开展“吃拿卡要”问题专项整治。 | 吃拿卡要问题专项整治/campaign
开展“守夜人”风险隐患排查行动。 | 守夜人风险隐患排查行动/campaign
按照“一年起步、三年成势”的步骤推进项目。 | -
该县是“电商进村示范”项目县。 | -
推出“渔家e贷”，发放贷款2亿元。 | 渔家e贷/brand
组建“渔民之家”，“渔民之家”体系覆盖全港。 | 渔民之家/mechanism; 渔民之家体系/mechanism
推行“联合党委+片区”组织架构。 | 联合党委+片区组织架构/mechanism
“光明”工程师带队抢修。 | -
“阳光”项目部负责施工。 | -
""".strip().split("\n")


def show(text: str) -> str:
    return "; ".join(f"{program.text}/{program.type}" for program in find_programs(text)) or "-"


def parse_case(line: str) -> tuple[str, str]:
    text, _, expected = line.rpartition(" | ")
    return text.replace("\\n", "\n"), expected


@pytest.mark.parametrize("line", CASES, ids=lambda line: line[:24])
def test_sentence(line: str) -> None:
    text, expected = parse_case(line)
    assert show(text) == expected


def read_rows() -> list[list[str]]:
    lines = Path(__file__).with_name("program_cases.tsv").read_text("utf-8").split("\n")
    return [[*line.split("\t"), ""][:3] for line in lines if line and not line.startswith(("#", "text\t"))]


@pytest.mark.parametrize(("text", "expected", "canonical"), read_rows(), ids=lambda cell: cell[:16])
def test_unseen_sentence(text: str, expected: str, canonical: str) -> None:
    assert show(text) == expected
    pairs = (f"{program.text}={program.canonical}" for program in find_programs(text) if program.canonical)
    assert "; ".join(dict.fromkeys(pairs)) == canonical


def test_span_covers_the_marks_and_text_drops_them() -> None:
    text = "去年，县里启动“守护‘小树苗’”行动，印发《关于“三农”的意见》。"
    programs = find_programs(text)
    assert [text[slice(*program.span)] for program in programs] == ["“守护‘小树苗’”行动", "《关于“三农”的意见》"]
    for program in programs:
        assert not set(program.text) & set(MARKS)
        assert program.text == "".join(c for c in text[slice(*program.span)] if c not in MARKS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("印发《坡头镇积分管理办法》。按照《管理办法》评比。", [None, "坡头镇积分管理办法"]),
        ("学习《村庄建设方案》（简称《方案》）。《方案》共六章。", [None, "村庄建设方案", "村庄建设方案"]),
        ("制定《河道保护公约》（以下简称“公约”）。", [None, "河道保护公约"]),
        ("“银杏树下”议事品牌已有三年，“银杏树下”深入人心。", [None, "银杏树下议事品牌"]),
        ("《采砂条例》与《渔业规定》并行。", [None, None]),
    ],
)
def test_short_names_refer_to_the_full_one(text: str, expected: list[str | None]) -> None:
    assert [program.canonical for program in find_programs(text)] == expected


def test_programs_ascend_without_overlap() -> None:
    text = "\n".join(parse_case(line)[0] for line in CASES) * 2
    programs = find_programs(text)
    assert len(programs) > 150
    for left, right in pairwise(programs):
        assert left.span.end <= right.span.start


@pytest.mark.parametrize(
    "text",
    [
        "“" * 50_000,
        "“甲乙丙丁”" * 20_000,
        "实施“甲乙丙丁”工程" * 10_000,
        "《" * 25_000 + "》" * 25_000,
        "《农村工作条例》" * 10_000,
        '"' * 50_000,
        "9" * 100_000,
        "等" * 100_000,
        "专项整治" * 25_000,
        "“九”" + "工程" * 50_000,
        "”" * 50_000,
        "".join(f"组建“第{i}号联盟”，" for i in range(8_000)),
    ],
    ids=range(12),
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    assert_linear(lambda size: find_programs(text[:size]), len(text) // 16)
