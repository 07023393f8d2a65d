"""What the fields of an edition's checks are for, in the words of those who fill them in."""

from collections.abc import Mapping

_SAYS = "說法：在聊天室輸入什麼會打開這一頁"
_FORM = "表單：寫在哪一張表，forms 的 id"
_GROUP = "面向：用哪個面向分組"
_NAMED = "規定：寫這條規定的項目的 id"
_ITEMS = "項目：budget.items 的 id"

OF_CHECKS: Mapping[str, Mapping[str, str]] = {
    "Checks": {
        "activities": "活動計畫：一列一次活動的表怎麼檢查",
        "budget": "經費表：一列一個項目的表怎麼檢查",
        "estimates": "試算：填幾個數字就算得出的數量",
    },
    "ActivityCheck": {
        "title": "名稱：例如 活動計畫檢查",
        "says": _SAYS,
        "form": _FORM,
        "group": _GROUP,
        "ways": "實施方式：代號、名稱和表上的寫法",
        "lecturers": "講座種類：代號、名稱和表上的寫法",
        "rules": "規則：一條一項，看第一個欄位是哪一種",
    },
    "Way": {"title": "名稱：例如 公開授課", "says": "寫法：表上還會怎麼寫"},
    "LecturerKind": {
        "title": "名稱：例如 外聘",
        "says": "寫法：表上還會怎麼寫",
        "outside": "校外：算校外講座時 true",
        "note": "備註：備註欄要註明時 true",
    },
    "AtLeastSoMany": {"count": "次數：寫次數的項目的 id", "way": "方式：只算哪一種，ways 的代號"},
    "WithinPeriod": {"within": "期間：dates 的 id，每次活動都要在裡面"},
    "BothTerms": {"both_terms": "上下學期：兩學期都要有活動；" + _NAMED},
    "OutsideLecturer": {"outside": "校外講座：至少幾次；" + _NAMED},
    "LecturerNamed": {
        "named": "講座姓名：怎麼註明；" + _NAMED,
        "never": "不可寫：不能代替姓名的字，例如 [待聘]",
        "way": "方式：哪一種要有講座，ways 的代號",
    },
    "DaysNoted": {
        "days_noted": "備註日期：備註要寫的日子；" + _NAMED,
        "way": "方式：哪一種要寫，ways 的代號",
        "days": "日子：要寫哪幾個",
    },
    "NotedDay": {"title": "名稱：例如 觀課", "says": "寫法：備註裡會怎麼寫"},
    "LecturerNoted": {"lecturer_noted": "備註講座：備註要註明講座種類；" + _NAMED},
    "WordNoted": {
        "word_noted": "備註用字：備註要有固定的字；" + _NAMED,
        "if_said": "提到：內容提到這些字時",
        "must": "要寫：備註要有的字",
    },
    "OncePerDay": {"once_a_day": "同一天：同一天有兩次時提醒；" + _NAMED},
    "RowsComplete": {"complete": "填滿：每次活動要填的欄位；" + _NAMED},
    "Advice": {
        "advice": "提醒：文件前後不一或沒寫的事；項目的 id",
        "if": "條件：哪一組才提醒",
        "items": "項目：經費表編了這些才提醒，budget.items 的 id",
    },
    "BudgetCheck": {
        "title": "名稱：例如 經費表檢查",
        "says": _SAYS,
        "form": _FORM,
        "group": _GROUP,
        "items": "項目：表上的各列",
        "rules": "規則：一條一項，看第一個欄位是哪一種",
    },
    "BudgetItem": {
        "id": "代號：這張表裡不重複",
        "title": "名稱：例如 膳費（餐盒）",
        "head": "欄位文字：表上「項目」欄的字；幾列可以共用",
        "tells": "分辨：同一個項目有幾列時，靠哪些字分辨",
        "unit": "單位：例如 人節",
        "hint": "備註提示：備註欄要寫什麼",
        "rates": "單價：從哪一項 amounts 來",
    },
    "UnitRate": {
        "rate": "單價：amounts 的 id",
        "each": "每什麼：那一項有好幾個時，寫它的 each",
        "if_said": "提到：這一列寫了這個字才用；不寫就是其他情形",
    },
    "Cap": {"cap": "上限：合計的上限，amounts 的 id"},
    "ShareLimit": {
        "share": "比例：比例上限，amounts 的 id",
        "items": _ITEMS,
        "without": "不計入：算基數時扣掉哪些項目",
    },
    "HeadLimit": {"head": "每人每場：上限，amounts 的 id", "items": _ITEMS},
    "TogetherLimit": {
        "together": "每人合計：單價加起來的上限，amounts 的 id",
        "items": _ITEMS,
        "each": "每什麼：那一項有好幾個時，寫它的 each",
    },
    "Reaches": {"reaches": "時刻：活動到這個時刻才可以編；寫出時刻的項目的 id", "items": _ITEMS},
    "OutsideFee": {
        "outside_fee": "校外鐘點：至少幾次；" + _NAMED,
        "items": _ITEMS,
        "maybe": "看備註：備註寫了才算校外的項目",
        "if_said": "提到：備註有這些字就算校外",
        "unless_said": "不算：備註有這些字就不是校外",
    },
    "FixedItems": {"fixed": "固定項目：不得增刪、沒用的寫0；" + _NAMED},
    "NeverSaid": {
        "never_said": "不可寫：備註不能有的字；" + _NAMED,
        "items": _ITEMS,
        "words": "用字：不能寫的字",
    },
    "Estimate": {
        "id": "代號：這個檔案裡不重複",
        "title": "名稱：例如 經費試算",
        "says": _SAYS,
        "amounts": "數量：要算的 amounts 的 id",
    },
}
