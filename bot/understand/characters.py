"""Characters as Taiwan writes them, so that simplified script makes no difference."""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from bot.later import later

if TYPE_CHECKING:
    import opencc
else:
    opencc = later("opencc")  # its words take 26 MB, and few write simplified script

# Characters of Big5 that are simplified forms of others as well, or that Taiwan seldom writes, and
# what is written for them: OpenCC's "s2t", one by one, and then the likes of 裏 and 裡.
_FORMS = (
    "万与丑丰么于云仆价优伙体余佣儿党凄准几凶划占厂厘台吁后吨听咨咸喫圣坏复夸宁尸岩岭岳峰帘干并庄异征忏怀怜恒惊愿扑扰挂据斗昵晒朴机杠"
    "杰极构柜栖气沄泞洁洒洼涂涌淀游灶炖熏瓮痒癡皂确祕离种筑篱粽纔网羡肮肴胜脣腊腌膻苧苹范茧荐蒏蔂虫虮虱蚕蚝蜡蝎裏覈触赶跖辟适郁采里雇"
    "霉"
)
_WRITTEN = (
    "萬與醜豐麼於雲僕價優夥體餘傭兒黨悽準幾兇劃佔廠釐臺籲後噸聽諮鹹吃聖壞復誇寧屍巖嶺嶽峯簾幹並莊異徵懺懷憐恆驚願撲擾掛據鬥暱曬樸機槓"
    "傑極構櫃棲氣澐濘潔灑窪塗湧澱遊竈燉燻甕癢痴皁確秘離種築籬糉才網羨骯餚勝唇臘醃羶薴蘋範繭薦醟虆蟲蟣蝨蠶蠔蠟蠍裡核觸趕蹠闢適鬱採裡僱"
    "黴"
)
_BIG5 = str.maketrans(_FORMS, _WRITTEN)
# OpenCC's own table for Taiwan ("s2tw") takes sixteen MB more.
_IN_TAIWAN = str.maketrans("羣纔喫裏癡牀脣祕覈", "群才吃裡痴床唇秘核")
_HAN = re.compile("[㐀-鿿]")
_REMEMBERED = 20_000


def as_taiwan_writes(text: str) -> str:
    """Simplified script by its words, all else as it stands: 只有10班 is no 隻有10班."""
    try:
        text.encode("cp950")  # which has no simplified characters
    except UnicodeEncodeError:
        if any(map(_is_beyond_big5, text)):
            text = str(_converter().convert(text)).translate(_IN_TAIWAN)
    return text.translate(_BIG5)


@lru_cache(maxsize=_REMEMBERED)
def one_as_taiwan_writes(char: str) -> str:
    """A character by itself, whatever stands beside it."""
    written = as_taiwan_writes(char)
    return written if len(written) == 1 else char


@cache
def _converter() -> "opencc.OpenCC":
    return opencc.OpenCC("s2t")


@lru_cache(maxsize=_REMEMBERED)
def _is_beyond_big5(char: str) -> bool:
    return bool(_HAN.match(char)) and not char.encode("cp950", "ignore")
