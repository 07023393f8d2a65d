"""What the fields of what schools owe are for, in the words of those who fill them in."""

from collections.abc import Mapping

OF_OWED: Mapping[str, Mapping[str, str]] = {
    "Owed": {
        "id": "代號：整個檔案的 owed 裡不重複",
        "subject": "每什麼：school 每校、class 每班、community 每社群、teacher 每位薦派教師",
        "count": "數量：每一個要幾份，整數；文件沒寫份數的不要猜",
        "unit": "單位：份、張、次",
        "title": "名稱：項目名稱不夠清楚時才寫，例如 附件2教師薦派報名表",
        "source": "條文：和項目不同時才寫",
        "every": "多久：term 每學期一次算，不寫是整個計畫算一次",
        "if": "條件：只有某一組或某種學校要交，例如 {group: A}",
        "per": "班數：沒有列出各班時，班數看哪個數字的面向",
        "due": "期限：dates 的 id；有幾個日期就分幾次交。文件沒寫期限就不寫",
        "last": "最後期限：過了就有後果的那一天，dates 的 id；和 due 相同就不寫",
        "words": "叫法：學校回報時怎麼叫它，例如 教案；同一個詞不能給兩項",
        "takes": "交法：upload 上傳、letter 函報（回報可帶文號）、post 紙本寄送",
    },
    "Duties": {
        "minimums": "最低數：每校至少幾名、每社群至少幾人",
        "head_counts": "清點：哪一天清點各校有幾人完成",
    },
    "Minimum": {
        "subject": "數什麼：teacher 薦派教師、community 社群、class 班",
        "amount": "依據：寫最低數的項目，amounts 的 id",
        "of": "人數：要看每一個的哪個數字的面向；不寫就是數有幾個",
        "by": "期限：哪一天前要達到，dates 的 id",
        "then": "後果：寫不足會怎樣（或文件沒寫）的項目的 id",
    },
    "HeadCount": {
        "track": "完成什麼：tracks 的 id",
        "on": "清點日：dates 的 id",
    },
}
