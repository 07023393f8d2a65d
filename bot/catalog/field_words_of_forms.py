"""What each field of a form's layout is for, in the words of those who fill it in."""

from collections.abc import Mapping

OF_FORMS: Mapping[str, Mapping[str, str]] = {
    "FormLayout": {
        "file": "檔案：word 或 excel",
        "by": "填表人：這張表誰填，例如 報名教師",
        "heading": "表頭：一行一項；{plan} 是計畫全名，{year} 是年度",
        "blocks": "內容：由上到下，每一塊是 text、fields、columns、box、photos、costs 或 sign",
        "from": "來源：帶入的東西從哪裡知道，例如 courses: {requirement: item-async}",
    },
    "Origin": {
        "requirement": "事項：tracks 裡一個 item 的 id，帶入回報完成的各項名稱",
        "facet": "面向：帶入完成各項時的場次是這個面向的哪個值，例如 round",
        "eligibility": "資格：eligibility 的 id；options 的值和 facts 同名、本人答過符合的就先勾",
    },
    "Words": {
        "text": "文字：一行一項，可以帶入 {school}、{name} 等",
        "centred": "置中：true 時寫在中間",
    },
    "Pairs": {"fields": "欄位：左邊名稱、右邊填寫", "across": "並排：一列幾個欄位"},
    "Grid": {
        "columns": "各欄：表頭和要填的東西",
        "blank": "空白列：留幾列",
        "each": "每列一個：members 或 communities；不寫就只帶入第一列",
        "across": "並排：同樣的欄重複幾次",
        "total": "合計：最後一列的名稱；要加總的欄寫 summed: true",
        "beside": "左邊標題：整張表左邊的名稱",
    },
    "FormField": {
        "label": "名稱：表上印的欄位名稱",
        "fill": "帶入：school、name、subject、group、courses 等，知道就先填好",
        "lines": "格內文字：一行一項，例如 第{sessions.1}梯次",
        "options": "勾選：值和要印的字，例如 {A: A組}",
        "secret": "一律留白：身分證字號等個資 true",
        "numbered": "編號：true 時印 1、2、3",
        "summed": "加總：true 時最後一列算總和",
        "by": "誰填：和整張表不同時才寫",
        "width": "寬：和別欄相比",
        "height": "高：留幾行",
    },
    "Box": {"box": "大框：框上的標題", "height": "高：留幾行"},
    "Photos": {"photos": "照片：幾張", "title": "標題：預設是照片"},
    "Costs": {"costs": "經費項目：一列一項", "cap": "總額上限：amounts 的 id"},
    "CostLine": {
        "title": "項目：和上一列相同就是同一項",
        "unit": "單位：例如 人節",
        "price": "單價：表上印好的才寫",
        "quantity": "數量：表上印好的才寫",
        "note": "備註：一行一項",
        "share": "比例上限：amounts 的 id",
        "of_rest": "不含自己：true 時比例從其他項目的和算",
    },
    "Signing": {"sign": "核章：true；誰要核章照 signatures"},
}
