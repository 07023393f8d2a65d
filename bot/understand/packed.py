"""Lists of numbers, packed side by side: a list that is kept so weighs what its numbers weigh."""

from array import array
from collections.abc import Iterator, Mapping


class Pack:
    """Lists of numbers in one block, each alike list once; a list is found by its place."""

    def __init__(self) -> None:
        self.numbers = array("I")
        self.ends = array("I", [0])
        self._places: dict[bytes, int] = {}

    def put(self, found: "array[int]") -> int:
        """The place of this list."""
        place = self._places.setdefault(found.tobytes(), len(self.ends) - 1)
        if place == len(self.ends) - 1:
            self.numbers.extend(found)
            self.ends.append(len(self.numbers))
        return place

    def close(self) -> None:
        """Nothing more is put: how alike lists were found is let go."""
        self._places.clear()


class Packed(Mapping[str, "array[int]"]):
    """The lists of one edition by their grams."""

    __slots__ = ("_pack", "_places")

    def __init__(self, pack: Pack, places: Mapping[str, int]) -> None:
        self._pack, self._places = pack, places

    def __getitem__(self, gram: str) -> "array[int]":
        place, pack = self._places[gram], self._pack
        return pack.numbers[pack.ends[place] : pack.ends[place + 1]]

    def __contains__(self, gram: object) -> bool:
        return gram in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
