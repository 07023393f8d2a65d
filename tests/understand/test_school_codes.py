"""A list of school codes as staff paste or upload it."""

from bot.understand.school_codes import read_codes


def test_codes_are_read_once_in_their_order_and_what_is_none_is_told() -> None:
    listed = '\ufeff學校代碼,校名\n"593601",高雄國小\n34m01x\u3000附中\n593601\n\n五九三六\n'

    found = read_codes(listed)

    assert found.codes == ("593601", "34M01X")
    assert found.unread == ("學校代碼,校名", "五九三六")
