"""Inputs of our own: reports, reprints of them, and what cannot be read."""

from __future__ import annotations

import gzip
import json
import random
import zipfile
from pathlib import Path

STORY = (
    "秋收秋种两不误\n\n"
    "　　本报讯 入秋以来，青石乡调配收割机36台，抢收水稻1.85万亩，收购稻谷约4200吨，付给农户售粮款1260万元。"
    "乡里从各村抽调农机手58名，分成9个小组，逐块田地安排机耕，已翻耕稻田6300余亩，播种油菜近2000亩。"
    "农技站发放良种15.6吨，培训种植户720人次。到九月底，有11个村完成秋种，占全乡的七成。"
    "农户说，机器进了田，一天干完从前十天的活，心里踏实得很。\n"
)
FORM = (
    "　　本报讯 {m}月份，柳林镇完成税收{a}万元，为年计划的{b}%，其中工商税{c}万元，农业税{d}万元。镇里按月公布进度，"
    "对落后的村进行帮助，干部分片包干，逐户核对账目，做到应收尽收，不留尾欠。镇财政所还组织人员到企业走访，讲解政策，"
    "听取意见，办实事{e}件。\n"
)
SHORT = "本报讯 昨日，县城新开菜市场2处。\n"


def to_reports(count: int, seed: int = 11) -> dict[str, str]:
    """Texts by file name: stories with their reprints, forms with other figures, all dated by their names."""
    rng = random.Random(seed)
    texts = {
        "20200925.txt": STORY,
        "20200927 转载.txt": STORY.replace("本报讯", "本报讯（记者 王小禾）"),
        "20200930.txt": STORY,
        "20201003.txt": STORY.replace("到九月底，有11个村完成秋种，占全乡的七成。", ""),
        "undated.txt": STORY + "（周立田）\n",
        "twice.txt": f"{SHORT}\n\n\n菜市场开张\n\n　　{SHORT}",
        "20200926-100%25.txt": SHORT,
    }
    for number in range(count):
        figures = {key: rng.randint(11, 99) for key in "abcde"}
        month = number % 12 + 1
        texts[f"{2000 + number // 12}{month:02d}05.txt"] = FORM.format(m=month, **figures)
    return texts


def write_files(folder: Path, count: int = 24) -> Path:
    """A folder of reports in several encodings and containers, with an empty, a broken and an unknown file."""
    (folder / "中文 目录").mkdir(parents=True)
    for number, (name, text) in enumerate(to_reports(count).items()):
        target = folder / "中文 目录" if number % 5 == 4 else folder
        (target / name).write_bytes(text.encode("gb18030" if number % 4 == 3 else "utf-8"))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "broken.txt").write_bytes(b"\x00\x01\x02" * 50)
    (folder / "slides.pptx").write_bytes(b"PK\x03\x04" + bytes(60))
    (folder / "packed.txt.gz").write_bytes(gzip.compress(STORY.encode()))
    with zipfile.ZipFile(folder / "pages.zip", "w") as archive:
        archive.writestr("20201101.txt", FORM.format(m=10, a=31, b=47, c=12, d=19, e=5))
        archive.writestr("bad.txt", b"\xff\xfe\xfa\xfb\xfc" * 9)
    (folder / "list.csv").write_text(f'日期,标题,正文\n2020-12-01,开市,"{SHORT.strip()}"\n2020-12-02,空,\n', "utf-8")
    return folder


def write_lines(path: Path, count: int = 30) -> Path:
    """JSON Lines of reports, with blank and broken lines and bytes that are no characters."""
    lines: list[bytes] = []
    for number, (name, text) in enumerate(to_reports(count).items()):
        date = f"20{number % 20:02d}-03-0{number % 9 + 1}"
        values = {"date": date, "title": f"第{number}号", "text": text, "source": "青石日报", "id": name}
        lines.append(json.dumps(values, ensure_ascii=False).encode() + (b"\r" if number % 7 == 0 else b""))
        if number % 9 == 4:
            lines += [b"", b"{broken", b"[1, 2]", b'{"title": "none"}', b'{"text": "\xff\xfe"}']
    path.write_bytes(b"\xef\xbb\xbf" + b"\n".join(lines) + b"\n")
    return path
