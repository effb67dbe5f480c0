"""How many pieces of 200 characters are read right in each encoding."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from extractor.errors import UndecodableError
from extractor.read.encoding import decode_text

PIECES, LENGTH = 150, 200
SIMPLIFIED = (
    "本报讯（记者 李木）今年以来，青石乡投资3200万元，新修水渠28.6公里，解决了5个村1.2万人的饮水问题。",
    "县委、县政府把粮食生产放在首位，夏粮总产达到18.5万吨，比上年增长6.3％。",
    "【又讯】“小手拉大手”活动启动后，全镇41所学校的8600多名师生走上街头，清运垃圾120余吨。",
    "公社社员战天斗地，一冬修成梯田八百亩，亩产超过《纲要》，社员们个个喜气洋洋。",
    "据统计，1—8月份全市完成工业总产值97.04亿元，同比增长11.8%，增幅居全省第3位。",
    "老支书赵喆和女儿赵玥、侄子赵翀一起，在崮顶上栽下了第一棵花椒树。",
    "GDP突破500亿元大关；R&D经费占比2.1%，新增5G基站340座，NB-IoT终端1.5万个。",
    "　　二○○八年十一月，镇里办起了敬老院，三十几位孤寡老人住进了新楼。",
    "村民们说：“路通了，电来了，日子一天比一天好！”话音未落，鞭炮声就响了起来。",
    "淠河、灞桥、邛崃、睢阳、筠连、崞阳、郯城、莒南、亳州、鄄城等地的代表也发了言。",
    "单位：万元\t计划\t实际\t完成\n合计\t1200\t1356\t113.0%\n其中：水利\t300\t312\t104.0%\n",
    "①整修塘坝17座；②新打机井46眼；③疏浚沟渠39条，动用土方约7.5万立方米。",
    "我省今年高考报名人数为四十二万余人，录取率预计在七成以上，招生工作七月底前结束。",
    "牧民扎西次仁家的牦牛由去年的36头增加到52头，仅卖酥油一项就收入2.3万元。",
    "截至5月底，共排查隐患1,250处，整改1,198处，整改率达95.84%，其余限期完成。",
    "她摸黑起床，煮好一锅苞谷糁，才把孩子们一个个叫醒。",
)
TRADITIONAL = (
    "本報訊 全縣今年興修水利工程四十二處，投入勞動力三萬餘人，受益農田達六萬五千畝。",
    "據統計，去年工業總產值比前年增長百分之十二，其中輕工業增長較快。",
    "各區幹部和群眾一起開會，討論如何完成秋收秋種，保證糧食歸倉。",
    "「學習模範」運動展開以後，廠裡有八十七名職工被評為先進生產者。",
    "鐵路局調撥車皮三百二十輛，搶運救災物資一千六百噸，沿線職工日夜奮戰。",
    "鎮上新開的醫院有床位120張，醫護人員68人，每天看病的鄉親絡繹不絕。",
    "老農陳萬發說：「過去靠天吃飯，現在有了水庫，旱澇都不怕了！」",
    "市議會通過預算案，撥款2.5億元修築環島公路，預計兩年內完工通車。",
    "該校師生發起募捐，為災區籌得善款港幣三十餘萬元、衣物五百多件。",
    "春節期間，圖書館展出歷代書畫一百零八件，觀眾逾萬，盛況空前。",
)
BOTH = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")
# Least share of pieces that must be read right: simplified, traditional; None where the encoding cannot write them.
# Measured: 1.00 everywhere.
FLOORS: dict[str, tuple[float | None, float | None]] = {
    **dict.fromkeys(BOTH, (0.98, 0.98)),
    "utf-8": (1.0, 1.0),
    "utf-8-sig": (1.0, 1.0),
    "gbk": (0.98, 0.98),
    "gb2312": (0.98, None),
    "big5": (None, 0.98),
    "cp950": (None, 0.98),
}


def pieces(sentences: tuple[str, ...], encoding: str) -> Iterator[str]:
    """Stretches that begin anywhere in a sentence, of other sentences in another order each time."""
    chance = random.Random(11)
    for _ in range(PIECES):
        chosen = chance.sample(sentences, k=len(sentences))
        text = chance.choice(("", "\n", "\r\n")).join(chosen)
        at = chance.randrange(len(text) - LENGTH)
        yield text[at : at + LENGTH].encode(encoding, "ignore").decode(encoding)


@pytest.mark.parametrize("script", [0, 1], ids=["simplified", "traditional"])
@pytest.mark.parametrize("encoding", FLOORS)
def test_share_of_pieces_read_right(encoding: str, script: int) -> None:
    floor = FLOORS[encoding][script]
    if floor is None:
        return
    right = 0
    for text in pieces((SIMPLIFIED, TRADITIONAL)[script], encoding):
        try:
            right += decode_text(text.encode(encoding), "a")[0] == text
        except UndecodableError:
            continue
    assert right / PIECES >= floor


@pytest.mark.parametrize("script", [SIMPLIFIED, TRADITIONAL], ids=["simplified", "traditional"])
@pytest.mark.parametrize("share", [0.001, 0.01, 0.05])
def test_utf8_with_bad_bytes_is_never_another_encoding(script: tuple[str, ...], share: float) -> None:
    chance = random.Random(5)
    for text in pieces(script, "utf-8"):
        data = bytearray(text.encode())
        for _ in range(max(1, int(share * len(data)))):
            at = chance.randrange(len(data))
            data[at : at + chance.randrange(2)] = bytes([chance.choice((0x80, 0xA3, 0xB0, 0xC4, 0xD6, 0xFE, 0xFF))])
        if _is_good(bytes(data)):
            continue
        with pytest.raises(
            UndecodableError, match=r"offset \d+ is not UTF-8|breaks off within a character .*\(UTF-8\)"
        ):
            decode_text(bytes(data), "a")
        read, encoding = decode_text(bytes(data), "a", errors="replace")
        assert encoding == "utf-8"
        assert "\ufffd" in read


def _is_good(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
