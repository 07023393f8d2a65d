"""What each field of a plan file is for, in the words of those who fill it in.

`label：explanation`; an editor shows all of it, a comparison of two editions the label alone.
"""

from collections.abc import Mapping

from bot.catalog.field_words_of_checks import OF_CHECKS
from bot.catalog.field_words_of_forms import OF_FORMS
from bot.catalog.field_words_of_owed import OF_OWED
from bot.model.entries import Entry

_OF_ALL_ENTRIES: Mapping[str, str] = {
    "id": "代號：小寫英文、數字和 -，整個檔案不重複",
    "title": "名稱：24個字以內，不含計畫名稱；回答的第一行會用到",
    "source": "條文：查得到的出處，例如 柒、一（三）、表1；有好幾處寫成清單",
    "says": "問法：老師會怎麼問，長的短的都寫，5到10個；同一句不能放在兩項",
    "for": "對象：只對某些人時才寫，例如 [teacher]、[school]；可用的字在 lexicon.yaml 的 audiences",
    "if": '條件：只在某個面向的值成立時，例如 {round: "1"}；數字寫範圍，例如 {classes: 13..24}',
    "text": "直接回答：一句話，用自己的話寫",
    "points": "要點：其他事實，一點一行",
    "see": "接著看：大家接著會想知道的項目的 id，最多3個會變成按鈕",
    "checked_on": "核對日：和整份檔案不同時才寫",
    "to_confirm": "待確認：true 時機器人不拿這一項回答，只說還未確認；核對完刪掉這一行",
}

_OF_SECTIONS: Mapping[str, str] = {
    "checked_on": "核對日：最後一次和文件核對的日子，例如 2024-01-05",
    "about": "計畫：名稱、單位、年度",
    "facets": "面向：同一件事因組別、梯次、規模而不同時，用來分開的東西",
    "school_terms": "學期：進度要分學期算的計畫才寫，一學期一項",
    "contacts": "聯絡窗口：問誰",
    "links": "網址：網站、表單編號",
    "dates": "日期：截止、場次、會議、期間、公告",
    "eligibility": "資格：誰可以申請、誰不行",
    "tracks": "要完成的事：一項一項，全部或任幾項",
    "deliverables": "要繳交的東西：什麼、幾份、何時、給誰",
    "amounts": "數量：名額、金額、比例、分數、點數",
    "roles": "權限表：誰可以做什麼",
    "settings": "系統參數：預設值和範圍",
    "forms": "附件與表單：欄位、核章、份數、交法",
    "terms": "名詞：需要解釋的詞",
    "notes": "其他規定：放不進別的區段的事實",
    "conflicts": "前後不一：文件自己寫法不同的地方",
    "unsaid": "計畫沒寫：大家會問、文件沒有寫的事",
    "checks": "檢查：活動計畫、經費表怎麼檢查，可以試算什麼；數字不寫在這裡，只指到項目的 id",
    "duties": "學校義務：至少幾名、哪一天清點人數；數字不寫在這裡，只指到項目的 id",
    "reminders": "提醒：幾天前、幾點提醒；各校自訂的日子。使用者自己改過的以自己的為準",
    "examples": "例子：檢查時會照著問一遍的對話",
}

_OF_PARTS: Mapping[str, Mapping[str, str]] = {
    "About": {
        "title": "全名：文件上的計畫全名",
        "short": "簡稱：按鈕上的名稱，20個字以內，含年度",
        "names": "叫法：大家怎麼叫它，不含年度；不能和別的計畫一樣",
        "issuer": "單位：發文單位",
        "area": "地區：縣市全名，或全國",
        "year": "年度：民國年，例如 113",
        "year_kind": "年度種類：年度、學年度或不分年度",
        "number": "文號：公文字號",
        "ask": "預設窗口：計畫沒寫的事請大家問誰，寫 contacts 裡的 id",
    },
    "Facet": {
        "title": "名稱：例如 組別、班級數",
        "ask": "問句：必須知道時，機器人這樣問",
        "unit": "單位：數字的面向才寫，例如 班；和 values 只能有一個",
        "says": "別的單位：數字的面向，大家還會怎麼說",
        "values": "值：每個值寫代號、名稱和說法，例如 {A: {title: A組, says: [甲組]}}",
    },
    "FacetValue": {"title": "名稱：例如 A組", "says": "說法：大家怎麼講這個值"},
    "DateCase": {
        "at": "時間：西元，例如 2022-07-31、2022-07-31T17:00、2022-07-08T13:30/16:30",
        "if": "條件：這個時間是哪一組、哪一梯次的",
        "title": "這一筆的名稱：項目名稱不夠清楚時才寫",
        "note": "備註：寫在這個時間後面的括號裡",
    },
    "PlanDate": {
        "kind": "種類：deadline 截止日、window 有頭有尾的期間、session 上課或營隊、"
        "meeting 會議或比賽、announcement 公告、period 計畫期程、milestone 往事",
        "when": "時間：一個，或因組別、梯次而不同的好幾個；和 before 只能有一個",
        "before": "往前數：別的日期之前幾天，例如 {date: session, days: 2}",
        "tentative": "暫訂：文件寫暫訂時 true",
        "to": "交到：截止日是交給誰、交到哪裡；其他日期是給誰參加",
        "how": "方式：怎麼參加或怎麼交",
        "place": "地點：在哪裡",
        "items": "內容：要交或要做的東西",
        "missed": "逾期：錯過了會怎樣",
    },
    "Before": {"date": "從哪個日期：dates 裡有 when 的 id", "days": "幾天前：0到366"},
    "Amount": {"amount": "數量：一個，或因組別、班級數而不同的好幾個"},
    "Quantity": {
        "if": "條件：這個數量是哪一組、多少班的",
        "exactly": "剛好：例如 2；和 least、most、about、default 只能有一個",
        "least": "至少：下限",
        "most": "至多：上限",
        "about": "約：大概，可以是範圍 100000..140000",
        "default": "預設：預設值",
        "unit": "單位：元、份、分、點、小時……",
        "per": "每一：數字面向的代號，例如 classes 表示每班",
        "more": "每多一個：和 per 一起用，第二個起每個再加多少",
        "of": "佔什麼：百分比才寫，例如 總額",
        "base": "基數：百分比從哪一項 amounts 或哪個數字面向算",
        "each": "每什麼：用文字說，例如 每人每餐",
        "note": "備註：寫在數量後面的括號裡",
    },
    "Requirement": {
        "amount": "數量：要幾次、幾小時、幾點",
        "options": "內容：可以選的，或由哪些組成",
        "evidence": "佐證：拿什麼證明",
        "due": "期限：dates 的 id",
        "words": "回報用語：大家回報時怎麼叫這件事，例如 [校內宣講, 宣講]",
        "goals": "目標：要記進度的項目才寫，做到多少才算完成",
        "parts": "組成：由哪幾門、哪幾場組成或選出；每一個只算一次",
        "marks": "註記：回報時可以說明的事，例如 到校、教授",
        "sessions": "場次：dates 的 id；它的每一筆是 parts 的一個場次",
        "also": "同時算在：做了這一項，也算進哪幾項，寫同一個 track 裡的 id",
        "after": "先後：要先完成哪幾項，寫同一個 track 裡的 id",
        "hours_with": "時數一起核給：哪幾項也完成了，這一項的時數才核給，寫 id",
        "owed": "學校應繳：每校、每班、每社群、每位教師各幾份，何時；寫了學校才能回報",
        "each_day_once": "不同日期：同一天的只算一次時 true",
    },
    "Goal": {
        "least": "至少：要做到多少",
        "unit": "單位：門、場、次、份……",
        "if": "條件：這個目標是哪一組、多少班的",
        "every": "範圍：track 整個期間一次，term 每學期都要",
        "mark": "註記：只算有這個註記的，寫 marks 的 id",
        "by": "期限：到哪個日期為止要做到，寫 dates 的 id",
    },
    "Part": {
        "id": "代號：這一項裡不重複",
        "title": "名稱：例如 課程名稱",
        "words": "說法：大家怎麼叫它",
        "if": "場次：sessions 那個日期的哪幾筆是它的場次",
    },
    "Mark": {
        "id": "代號：這一項裡不重複",
        "title": "名稱：例如 大專校院教授",
        "words": "說法：大家怎麼說",
    },
    "SchoolTerm": {
        "id": "代號：小寫英文、數字和 -",
        "title": "名稱：例如 106學年度下學期",
        "words": "說法：例如 [下學期]",
        "at": "期間：計畫有寫才寫，例如 2018-02/2018-07",
        "to_confirm": "待確認：true 時分學期的進度先不開放；核對完刪掉這一行",
    },
    "Track": {
        "who": "誰：教師、學校、隊伍……",
        "items": "各項：要完成的一項一項",
        "at_least": "任幾項：不寫就是全部都要",
        "earns": "完成後：得到什麼",
        "subject": "誰的進度：teacher、school、class、community 或 county；不寫就不能加入",
        "asks": "先問：要先知道哪些面向才能算，寫 facets 的代號",
        "waits": "之後：全部完成後，主辦單位會做什麼",
    },
    "Deliverable": {
        "amount": "數量：幾份、幾張",
        "by": "誰交：學校、教師……",
        "due": "期限：dates 的 id",
        "to": "交到：給誰、哪裡",
        "form": "表單：forms 的 id",
        "items": "內容：由哪些組成",
        "owed": "學校應繳：每校、每班、每社群、每位教師各幾份，何時；寫了學校才能回報",
    },
    "Form": {
        "number": "編號：例如 附件2",
        "fields": "欄位：要填什麼",
        "signatures": "核章：誰要簽",
        "copies": "份數：例如 每隊一份",
        "send": "交法：怎麼送",
        "layout": "版面：要讓人下載的表才寫；沒有就不提供檔案",
    },
    "Contact": {
        "unit": "單位：機關、學校或處室；不寫個人全名",
        "addressee": "稱呼：例如 王小姐",
        "phone": "電話：區碼加號碼",
        "extension": '分機：加引號，例如 "1234"',
        "email": "信箱：公務信箱",
        "line": 'LINE帳號：官方帳號，加引號，例如 "@abc"',
        "address": "地址：寄件用",
    },
    "Link": {"url": "網址：https:// 開頭"},
    "Setting": {
        "amount": "數量：預設值寫 default",
        "range": "範圍：例如 1到7天",
        "blank": "留空：不填代表什麼",
    },
    "Permission": {
        "id": "代號：這張表裡不重複",
        "title": "權限：例如 認證成果",
        "says": "說法：大家怎麼講這件事",
    },
    "Role": {
        "id": "代號：這張表裡不重複",
        "title": "角色：例如 導師",
        "says": "說法：大家怎麼叫這個角色",
        "may": "可以：permissions 的 id",
        "notes": "附註：權限的 id 和那一格寫的字",
        "text": "說明：對整個角色都成立的話",
    },
    "RoleMatrix": {"permissions": "權限：有哪些事", "roles": "角色：誰可以做哪些"},
    "Eligibility": {
        "who": "做什麼：接在「可以」後面的話，例如 報名認證課程",
        "facts": "要知道的事：每件事有問句和大家的說法",
        "rule": "條件：一條，或用 any 擇一、all 都要、at_least 加 of、not 組成",
        "remedy": "補救：不符合的人可以怎麼做",
        "then": "符合之後看：接著要知道的數量，寫 amounts 的 id，例如可以申請幾班",
        "next": "下一個日期：接著要注意的日期，寫 dates 的 id；最近的一個會說出來",
        "track": "進度：符合的人可以加入的 tracks 的 id",
        "forms": "表單：要填的 forms 的 id",
    },
    "Fact": {
        "id": "代號：這一項裡不重複",
        "title": "名稱：例如 研習時數",
        "ask": "問句：機器人這樣問",
        "unit": "單位：要比大小的事才寫，例如 小時",
        "yes": "怎樣說算是：每組字都出現才算，例如 [[在職], [正式, 教師]]",
        "no": "怎樣說算不是：寫法同 yes；「不是＋yes 的字」不必寫",
        "partly": "提到了但還不夠：寫法同 yes",
        "since": "從哪年起：民國年，更早的不算",
        "until": "到哪年止：民國年，更晚的不算",
        "facet": "面向：這件事也說明了哪個 facet；是代表第一個值、否代表第二個值，數字就是數字",
    },
    "Is": {
        "fact": "哪件事：facts 的 id",
        "text": "條件：用自己的話寫",
        "source": "條文：這個條件的出處",
        "is": "是或不是：true 或 false",
        "least": "至少：數字的事",
        "most": "至多：數字的事",
    },
    "All": {"all": "都要：底下每一條都要成立"},
    "AnyOf": {"any": "擇一：底下有一條成立就可以"},
    "AtLeast": {"at_least": "至少幾條：和 of 一起用", "of": "從這些：底下的條件"},
    "Not": {"not": "不可以：底下那一條成立就不行"},
    "Conflict": {
        "between": "牽涉到：寫法不同的項目的 id",
        "values": "各種寫法：每種寫法和它的條文，至少兩種",
    },
    "Stated": {"text": "寫法：文件在這裡寫什麼", "source": "條文：寫在哪裡"},
    "Unsaid": {
        "ask": "問誰：contacts 的 id",
        "offer": "另外提供：forms 時，回答下面附上表件下載的按鈕",
    },
    "Reminders": {
        "leads": "提前幾天：截止日之前幾天提醒，例如 [14, 7, 3, 1, 0]，0是當天",
        "hour": "幾點：0到23，沒寫是8點",
        "own": "各校自訂的日子：老師可以告訴機器人自己學校是哪一天",
    },
    "OwnKind": {
        "id": "代號：這一區段裡不重複",
        "title": "名稱：例如 學習成果勾選截止",
        "words": "叫法：大家還會怎麼說這個日子",
        "setting": "依據：settings 的 id，提前的天數或幾點以它為準",
        "if": "條件：用那項設定的哪一個值",
        "daily": "每天：設定是幾點的，最後一週每天提醒時 true",
    },
    "Example": {
        "at": "時間：當作在這一刻問，例如 2024-03-01T09:00+08:00",
        "turns": "對話：一句一句",
    },
    "Turn": {
        "say": "問：一句話；第一句要聽得出是哪個計畫",
        "all": "要有：回答裡一定要有的字",
        "none": "不該有：回答裡不能有的字",
        "unknown": "沒寫：應該回答計畫沒有說明時 true",
    },
}


_ALL = {**_OF_PARTS, **OF_CHECKS, **OF_FORMS, **OF_OWED}


def words_of(noun: type, key: str) -> str:
    """What a field is for; empty for one that nobody has described."""
    if noun.__name__ == "Edition":
        return _OF_SECTIONS.get(key, "")
    own = _ALL.get(noun.__name__, {}).get(key, "")
    return own or (_OF_ALL_ENTRIES.get(key, "") if issubclass(noun, Entry) else "")


def label_of(noun: type, key: str) -> str:
    """The name of a field alone."""
    return words_of(noun, key).split("：", 1)[0] or key
