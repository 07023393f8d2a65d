"""Sample schools for trying the bot: real names, with codes that are plainly made up."""

from bot.model.schools import Level, School
from bot.simulator.people import SAMPLE_PEOPLE, Persona

_TAIPEI, _KAOHSIUNG = "臺北市", "高雄市"
_NUMBERED = (
    ("市立大直高中", "臺北市立大直高級中學", _TAIPEI, "中山區", Level.COMPLETE, 54),
    ("市立中山女中", "臺北市立中山女子高級中學", _TAIPEI, "中山區", Level.SENIOR, 60),
    ("市立中崙高中", "臺北市立中崙高級中學", _TAIPEI, "松山區", Level.COMPLETE, 45),
    ("市立北一女中", "臺北市立第一女子高級中學", _TAIPEI, "中正區", Level.SENIOR, 66),
    ("市立建國中學", "臺北市立建國高級中學", _TAIPEI, "中正區", Level.SENIOR, 78),
    ("國立師大附中", "國立臺灣師範大學附屬高級中學", _TAIPEI, "大安區", Level.COMPLETE, 57),
    ("國立政大附中", "國立政治大學附屬高級中學", _TAIPEI, "文山區", Level.COMPLETE, 42),
    ("市立大安高工", "臺北市立大安高級工業職業學校", _TAIPEI, "大安區", Level.SENIOR, 75),
    ("市立大直國小", "臺北市中山區大直國民小學", _TAIPEI, "中山區", Level.ELEMENTARY, 35),
    ("市立中正國小", "臺北市中正區中正國民小學", _TAIPEI, "中正區", Level.ELEMENTARY, 30),
    ("市立高雄女中", "高雄市立高雄女子高級中學", _KAOHSIUNG, "前金區", Level.SENIOR, 60),
    ("市立中正國小", "高雄市苓雅區中正國民小學", _KAOHSIUNG, "苓雅區", Level.ELEMENTARY, 40),
)
_SHORT = {"市立建國中學": ("建中",)}  # that nobody could derive
SAMPLE_SCHOOLS = tuple(
    School(
        code=f"S{number:05}",
        name=name,
        full_name=full_name,
        short_names=_SHORT.get(name, ()),
        city=city,
        district=district,
        level=level,
        classes=classes,
    )
    for number, (name, full_name, city, district, level, classes) in enumerate(_NUMBERED, 1)
)
# Who answers for which of them from the start.
SAMPLE_CONTACTS: tuple[tuple[Persona, str], ...] = (
    (SAMPLE_PEOPLE[1], "S00009"),
    (SAMPLE_PEOPLE[2], "S00001"),
)
