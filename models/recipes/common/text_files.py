"""Reading the data sets: tab-separated text, plain or xz-compressed, one example a line."""
import lzma
from collections.abc import Iterator
from pathlib import Path


def read_lines(path: Path) -> Iterator[str]:
    """Lines of a UTF-8 file without their newline; `.xz` files are decompressed on the way."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.rstrip("\n")


def read_rows(path: Path, columns: int) -> Iterator[list[str]]:
    """Rows of a tab-separated file; a row with fewer columns than expected is an error, not skipped."""
    for number, line in enumerate(read_lines(path), start=1):
        row = line.split("\t")
        if len(row) < columns:
            raise ValueError(f"{path}:{number}: expected {columns} columns, got {len(row)}")
        yield row
