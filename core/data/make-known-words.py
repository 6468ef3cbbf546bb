#!/usr/bin/env python3
"""Writes known-words.bin: a Bloom filter of general English words, so that a correct word is never taken for a misspelt term.

  python3 make-known-words.py [WORDNET_FOLDER]      default /usr/share/wordnet (Debian package wordnet-base)

Words: single lower-case lemmas of 2 to 16 letters from WordNet 3.0 (licence in known-words.LICENSE). Format: one byte with the
number of probes, then the bits. Hashes as in core/src/language.rs."""
import math, pathlib, sys

folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/wordnet")
words = set()
for part in ("noun", "verb", "adj", "adv"):
    for line in (folder / f"data.{part}").open(encoding="latin-1"):
        if line.startswith(" "):
            continue
        fields = line.split(" ")
        n_words = int(fields[3], 16)
        for word in fields[4 : 4 + 2 * n_words : 2]:
            word = word.split("(")[0]
            if word.isascii() and word.isalpha() and word.islower() and 2 <= len(word) <= 16:
                words.add(word)
    for line in (folder / f"{part}.exc").open(encoding="latin-1"):
        word = line.split(" ")[0]
        if word.isascii() and word.isalpha() and 2 <= len(word) <= 16:
            words.add(word)

BITS_PER_WORD, PROBES = 10, 7
n_bits = (len(words) * BITS_PER_WORD + 7) // 8 * 8
bits = bytearray(n_bits // 8)
MASK = (1 << 64) - 1


def fnv(offset, word):
    for byte in word.encode():
        offset = ((offset ^ byte) * 0x100000001B3) & MASK
    return offset


for word in sorted(words):
    a, b = fnv(0xCBF29CE484222325, word), fnv(0x84ED2F5B9C12D6A7, word) | 1
    for i in range(PROBES):
        bit = ((a + i * b) & MASK) % n_bits
        bits[bit // 8] |= 1 << (bit % 8)
pathlib.Path(__file__).with_name("known-words.bin").write_bytes(bytes([PROBES]) + bytes(bits))
print(f"{len(words)} words, {len(bits)} bytes, expected false positives {(1 - math.exp(-PROBES / BITS_PER_WORD)) ** PROBES:.4f}")
