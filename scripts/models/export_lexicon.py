#!/usr/bin/env python3
"""Joins pronunciation lexica into one sorted text file that the voice maps into memory and searches by bisection.

usage: export_lexicon.py TARGET LEXICON.json...     (earlier files win)

A line is WORD<TAB>PHONEMES, with a third column "spell" for words that are spelled out when written in capitals (US, AM).
"""
import json
import sys


def main(target, *sources):
    words = {}
    for source in sources:
        with open(source, encoding="utf-8") as f:
            for word, entry in json.load(f).items():
                spell = isinstance(entry, dict) and entry.get("NOUN", "") is None
                phonemes = entry.get("DEFAULT") if isinstance(entry, dict) else entry
                if phonemes and word not in words and "\t" not in word:
                    words[word] = f"{word}\t{phonemes}\tspell" if spell else f"{word}\t{phonemes}"
    with open(target, "wb") as f:
        for word in sorted(words, key=lambda w: w.encode()):
            f.write(words[word].encode() + b"\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
