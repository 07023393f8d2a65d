"""The usual short forms of a school's name, worked out from the name as the ministry writes it.

大直高中 from 臺北市立大直高級中學, 師大附中 from 國立臺灣師範大學附屬高級中學. What nobody could
work out (建中) comes with the list, as the school's own short names.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.model.schools import Level, School
from bot.understand.characters import one_as_taiwan_writes

CITIES = (
    "臺北市", "新北市", "桃園市", "臺中市", "臺南市", "高雄市", "基隆市", "新竹市", "嘉義市",
    "新竹縣", "苗栗縣", "彰化縣", "南投縣", "雲林縣", "嘉義縣", "屏東縣", "宜蘭縣", "花蓮縣",
    "臺東縣", "澎湖縣", "金門縣", "連江縣",
)  # fmt: skip
# The one character by which schools that are called after their city are known: 雄中, 竹女.
_CITY_SIGN = {"臺北": "北", "高雄": "雄", "宜蘭": "蘭", "屏東": "屏", "臺東": "東", "臺中": "中",
              "臺南": "南"}  # fmt: skip
# What a kind of school is called, the usual short form first; the longest form is looked for first.
_KINDS = (
    ("女中", "女子高級中學", "女子高級中等學校", "女子高中", "女高"),
    ("高中", "高級中學", "高級中等學校", "中學"),
    ("國中", "國民中學"),
    ("國小", "國民小學", "小學"),
    ("國中小", "國民中小學", "中小學"),
    ("高商", "高級商業職業學校", "商職"),
    ("高工", "高級工業職業學校", "工職"),
    ("高農", "高級農業職業學校"),
    ("家商", "高級家事商業職業學校", "高級商業家事職業學校"),
    ("家職", "高級家事職業學校", "高級家政職業學校"),
    ("工農", "高級工農職業學校"),
    ("農工", "高級農工職業學校"),
    ("商工", "高級商工職業學校"),
    ("工商", "高級工商職業學校"),
    ("工家", "高級工業家事職業學校"),
    ("海事", "高級海事職業學校", "高級海事水產職業學校"),
    ("高職", "高級職業學校"),
    ("特教學校", "特殊教育學校", "特教"),
)
_ENDINGS = sorted(((form, kind) for kind in _KINDS for form in kind), key=lambda x: -len(x[0]))
KIND_WORDS = tuple(form for form, _ in _ENDINGS)
_OWNER = re.compile(r"(?:(?:學校)?財團法人)?(?P<owner>[國市縣私]?立)?")
_AT_A_HOST = re.compile(r"(?P<host>.{2,}?)(?:附屬|附設)(?P<rest>.{2,})")
_UNIVERSITY = re.compile(r"(?:國立|市立)?(?P<name>.{2,})大學")
_NTH = re.compile(r"(?P<city>..)?第(?P<nth>[一二三四五六七八九])")
_TRIAL = "實驗"
_LEFT_OUT = re.compile(r"[\W_]+")


def school_key(text: str) -> str:
    """What texts and names of schools are compared by: width, script, 台 and marks made the same.

    Character by character, so that a name in a sentence has the key that it has alone.
    """
    plain = _LEFT_OUT.sub("", unicodedata.normalize("NFKC", text).lower())
    return "".join(map(one_as_taiwan_writes, plain))


@dataclass(frozen=True, slots=True)
class Forms:
    """The keys by which one school is known."""

    names: frozenset[str]  # each says enough
    owned: frozenset[str]  # 市立中崙: enough where nothing else was said
    body: str  # 中崙: enough only as a whole answer
    owner: str  # 市立, 國立, 私立; empty where the name does not say


def forms_of(school: School) -> Forms:
    """Every usual form of a school's name, as keys."""
    city, district = school_key(school.city), school_key(school.district)
    written = [school.full_name, school.name, *school.short_names]
    names = {key for key in map(school_key, written) if key}
    owned: set[str] = set()
    bodies, owners = [], []
    for name in (school.full_name, school.name):
        owner, bare = _without_place(school_key(name), city, district)
        owners.append(owner)
        names.add(bare)
        body, kind = _parted(bare)
        names |= set(_short(bare, body, kind, city))
        if body and kind and school.level is Level.COMPLETE and kind[0] == "高中":
            names |= {f"{body}國中", f"{body}國中部", f"{body}高中國中部"}
        if owner and body and kind:
            owned.add(f"{owner}{body}")
        bodies.append(body if kind else "")
    return Forms(
        names=frozenset(name for name in names if len(name) > 1),
        owned=frozenset(owned),
        body=next(filter(None, bodies), ""),
        owner=next(filter(None, owners), ""),
    )


def city_of(said: str) -> str:
    """The city that a key of two or three characters names: 北市, 臺北 and 臺北市 are one."""
    return _city_words().get(said, "")


@cache
def city_pattern() -> str:
    """A pattern for any way of naming a city in a key."""
    return "|".join(sorted(_city_words(), key=lambda word: -len(word)))


@cache
def _city_words() -> dict[str, str]:
    words = {
        "北市": "臺北市",
        "高市": "高雄市",
        "桃市": "桃園市",
        "中市": "臺中市",
        "南市": "臺南市",
    }
    for city in CITIES:
        words[city] = city
        words.setdefault(city[:2], city if city[:2] not in ("新竹", "嘉義") else "")
    return {word: city for word, city in words.items() if city}


def _without_place(key: str, city: str, district: str) -> tuple[str, str]:
    """Who runs the school, and its name without that and without where it is."""
    place = next((c for c in (city, *CITIES) if c and key.startswith(c)), "")
    rest = key.removeprefix(place)
    found = _OWNER.match(rest)
    owner = (found["owner"] if found else "") or ""
    rest = rest[found.end() :] if found else rest
    if owner == "立":
        owner = f"{place[-1:]}立"
    if district and rest.startswith(district) and len(rest) > len(district) + 2:
        rest = rest.removeprefix(district)
    return owner, rest or key


def _parted(bare: str) -> tuple[str, tuple[str, ...]]:
    """大直高級中學 as 大直 and all names of its kind; no kind: the whole name is its own."""
    for ending, kind in _ENDINGS:
        if bare.endswith(ending) and len(bare) > len(ending):
            return bare.removesuffix(ending), kind
    return bare, ()


def _short(bare: str, body: str, kind: tuple[str, ...], city: str) -> Iterator[str]:
    if not kind:
        return
    hosted = _AT_A_HOST.fullmatch(bare)
    if hosted:
        yield from _hosted(hosted["host"], hosted["rest"])
        return
    for form in kind:
        yield f"{body}{form}"
        if body.endswith(_TRIAL):
            yield f"{body.removesuffix(_TRIAL)}{form}"
    if body.endswith(_TRIAL):
        yield f"{body.removesuffix(_TRIAL)}實{kind[0][-1]}"
    yield from _by_city(body, kind[0], city)


def _by_city(body: str, kind: str, city: str) -> Iterator[str]:
    """雄女, 北一女, 中一中: schools that are called after their city."""
    called = body[:2]
    if body == called and f"{called}市" in CITIES + tuple(f"{c[:2]}市" for c in CITIES):
        yield f"{_sign(called)}{kind[-1] if kind != '女中' else '女'}"
    nth = _NTH.fullmatch(body)
    if nth:
        where = nth["city"] or city[:2]
        last = "女" if kind == "女中" else "中"
        for place in filter(None, (where, _sign(where), "")):
            yield f"{place}{nth['nth']}{last}"
            if last == "女":
                yield f"{place}{nth['nth']}女中"


def _sign(city: str) -> str:
    return _CITY_SIGN.get(city, city[:1])


def _hosted(host: str, rest: str) -> Iterator[str]:
    """師大附中, 國北教大實小: a school that belongs to a university, or to another school."""
    university = _UNIVERSITY.fullmatch(host)
    ending = next((kind for end, kind in _ENDINGS if rest.endswith(end)), ())
    if not ending:
        return
    if university is None:
        body, kind = _parted(host)
        for form in kind:
            yield f"{body}{form}附設{ending[0]}"
            yield f"{body}{form}{ending[0]}部"
        return
    tail = "小" if ending[0] == "國小" else "中"
    for short in _university(university["name"]):
        for word in (f"附{tail}", f"實{tail}") if _TRIAL in rest else (f"附{tail}",):
            yield f"{short}{word}"
    yield f"附{tail}"


def _university(name: str) -> Iterator[str]:
    """政治 → 政大; 臺灣師範 → 師大, 臺師大; 高雄師範 → 高師大; 臺北教育 → 北教大, 國北教大."""
    yield f"{name}大學"
    if len(name) == 2:
        yield f"{name[0]}大"
        yield f"{_sign(name)}大"
        return
    place, field = name[:2], name[2:]
    yield f"{place[0]}{field[0]}大"
    if place == "臺灣":
        yield f"{field[0]}大"
    elif place in _CITY_SIGN:
        yield f"{_CITY_SIGN[place]}{field[0]}大"
        yield f"國{_CITY_SIGN[place]}{field[0]}大"
