"""What is sealed is read with its own key, and with no other."""

import pytest

from bot.errors import SealBroken
from bot.sealing import is_sealed, seal, unseal

KEY, OTHER = "a key that is long enough", "another key, long enough"


def test_what_was_sealed_is_read_again_with_the_same_key() -> None:
    assert unseal(KEY, seal(KEY, "JBSWY3DPEHPK3PXP 師鐘")) == "JBSWY3DPEHPK3PXP 師鐘"


def test_the_sealed_text_shows_nothing_and_is_never_the_same_twice() -> None:
    first, second = seal(KEY, "JBSWY3DPEHPK3PXP"), seal(KEY, "JBSWY3DPEHPK3PXP")

    assert "JBSWY3DPEHPK3PXP" not in first
    assert first != second


def test_another_key_reads_nothing() -> None:
    with pytest.raises(SealBroken):
        unseal(OTHER, seal(KEY, "JBSWY3DPEHPK3PXP"))


@pytest.mark.parametrize("kept", ["", "JBSWY3DPEHPK3PXP", "sealed1:", "sealed1:這不是密文"])
def test_what_is_no_sealed_text_is_told_so(kept: str) -> None:
    with pytest.raises(SealBroken):
        unseal(KEY, kept)


def test_a_sealed_text_that_was_changed_is_refused() -> None:
    sealed = seal(KEY, "JBSWY3DPEHPK3PXP")
    at = len(sealed) // 2
    changed = sealed[:at] + ("A" if sealed[at] != "A" else "B") + sealed[at + 1 :]

    with pytest.raises(SealBroken):
        unseal(KEY, changed)


def test_a_plain_secret_is_told_from_a_sealed_one() -> None:
    assert is_sealed(seal(KEY, "x"))
    assert not is_sealed("JBSWY3DPEHPK3PXP")


def test_nothing_is_sealed_without_a_key() -> None:
    with pytest.raises(ValueError, match="needs a key"):
        seal("", "x")
