"""What changes are called on the page of the audit."""

WHAT = {
    "session.begin": "登入",
    "session.end_all": "全部登出",
    "account.add": "建立帳號",
    "account.role": "更換角色",
    "account.disable": "停用帳號",
    "account.enable": "恢復帳號",
    "account.renew": "重設密碼",
    "account.password": "更換自己的密碼",
    "factor.set": "設定驗證器",
    "factor.drop": "移除驗證器",
    "factor.recovery": "使用備用碼",
    "delivery.again": "重送訊息",
    "delivery.again_all": "重送一批訊息",
    "delivery.void": "作廢訊息",
    "delivery.void_all": "作廢一批訊息",
}
