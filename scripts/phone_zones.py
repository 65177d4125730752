#!/usr/bin/env python3
"""Makes src/lead/phone_zones_data.c from libphonenumber's resources (Apache-2.0).

    scripts/phone_zones.py LIBPHONENUMBER/resources > src/lead/phone_zones_data.c

A row is a prefix and every zone that a number behind it may lie in. For country code 1 the prefix is the area code, and its
zones are those of all exchanges of the area code together with all zones of the states it serves: a mobile number moves, and
the published rows are sometimes wrong for a part of a state (850 lacks Central, 423 is given as Central). Everywhere else
the prefix is the country code. Numbers without a place (toll-free, premium, satellite, personal) have no row: unknown.
"""
import collections, re, sys

STATES = {
    "AL": "America/Chicago America/New_York", "AK": "America/Anchorage America/Adak America/Juneau", "AZ": "America/Phoenix America/Denver",
    "AR": "America/Chicago", "CA": "America/Los_Angeles", "CO": "America/Denver", "CT": "America/New_York", "DE": "America/New_York",
    "DC": "America/New_York", "FL": "America/New_York America/Chicago", "GA": "America/New_York", "HI": "Pacific/Honolulu",
    "ID": "America/Boise America/Denver America/Los_Angeles", "IL": "America/Chicago", "IN": "America/Indiana/Indianapolis America/New_York America/Chicago",
    "IA": "America/Chicago", "KS": "America/Chicago America/Denver", "KY": "America/New_York America/Chicago", "LA": "America/Chicago",
    "ME": "America/New_York", "MD": "America/New_York", "MA": "America/New_York", "MI": "America/Detroit America/Chicago", "MN": "America/Chicago",
    "MS": "America/Chicago", "MO": "America/Chicago", "MT": "America/Denver", "NE": "America/Chicago America/Denver",
    "NV": "America/Los_Angeles America/Denver", "NH": "America/New_York", "NJ": "America/New_York", "NM": "America/Denver", "NY": "America/New_York",
    "NC": "America/New_York", "ND": "America/Chicago America/Denver", "OH": "America/New_York", "OK": "America/Chicago",
    "OR": "America/Los_Angeles America/Boise", "PA": "America/New_York", "RI": "America/New_York", "SC": "America/New_York",
    "SD": "America/Chicago America/Denver", "TN": "America/New_York America/Chicago", "TX": "America/Chicago America/Denver",
    "UT": "America/Denver", "VT": "America/New_York", "VA": "America/New_York", "WA": "America/Los_Angeles", "WV": "America/New_York",
    "WI": "America/Chicago", "WY": "America/Denver",
    "AB": "America/Edmonton", "BC": "America/Vancouver America/Edmonton America/Fort_Nelson", "MB": "America/Winnipeg", "NB": "America/Halifax",
    "NL": "America/St_Johns America/Halifax", "NS": "America/Halifax", "ON": "America/Toronto America/Winnipeg", "PE": "America/Halifax",
    "QC": "America/Toronto America/Halifax", "SK": "America/Regina America/Edmonton",
    "NT": "America/Edmonton", "YT": "America/Whitehorse", "NU": "America/Toronto America/Winnipeg America/Edmonton",
}
NAMES = {
    "Alabama": "AL", "Alaska": "AK", "Arizona": "AZ", "Arkansas": "AR", "California": "CA", "Colorado": "CO", "Connecticut": "CT", "Delaware": "DE",
    "Washington D.C.": "DC", "Florida": "FL", "Georgia": "GA", "Hawaii": "HI", "Idaho": "ID", "Illinois": "IL", "Indiana": "IN", "Iowa": "IA",
    "Kansas": "KS", "Kentucky": "KY", "Louisiana": "LA", "Maine": "ME", "Maryland": "MD", "Massachusetts": "MA", "Michigan": "MI",
    "Minnesota": "MN", "Mississippi": "MS", "Missouri": "MO", "Montana": "MT", "Nebraska": "NE", "Nevada": "NV", "New Hampshire": "NH",
    "New Jersey": "NJ", "New Mexico": "NM", "New York": "NY", "North Carolina": "NC", "North Dakota": "ND", "Ohio": "OH", "Oklahoma": "OK",
    "Oregon": "OR", "Pennsylvania": "PA", "Rhode Island": "RI", "South Carolina": "SC", "South Dakota": "SD", "Tennessee": "TN", "Texas": "TX",
    "Utah": "UT", "Vermont": "VT", "Virginia": "VA", "Washington": "WA", "Washington State": "WA", "West Virginia": "WV", "Wisconsin": "WI",
    "Wyoming": "WY", "Alberta": "AB", "British Columbia": "BC", "Manitoba": "MB", "New Brunswick": "NB", "Newfoundland and Labrador": "NL",
    "Nova Scotia": "NS", "Ontario": "ON", "Prince Edward Island": "PE", "Quebec": "QC", "Québec": "QC", "Saskatchewan": "SK",
}
# Area codes that serve two provinces or territories, which no row says.
EXTRA = {"867": ["NT", "YT", "NU"], "902": ["NS", "PE"], "782": ["NS", "PE"]}


def rows(path):
    for line in open(path, encoding="utf-8"):
        line = line.strip()
        if line and not line.startswith("#"):
            yield line.split("|", 1)


def states_of_areas(path):
    counted = collections.defaultdict(collections.Counter)
    for prefix, text in rows(path):
        if not prefix.startswith("1") or len(prefix) < 4:
            continue
        area = prefix[1:4]
        end = re.search(r", ([A-Z]{2})$", text)
        if end and end.group(1) in STATES:
            counted[area][end.group(1)] += 1
        for name in re.split(r"/| and ", text):
            if name.strip() in NAMES:
                counted[area][NAMES[name.strip()]] += 1000
    out = {}
    for area, states in counted.items():
        out[area] = {s for s, n in states.items() if n >= 0.1 * sum(states.values())}
    for area, states in EXTRA.items():
        out.setdefault(area, set()).update(states)
    return out


def collect(resources):
    table = collections.defaultdict(set)
    countries = collections.defaultdict(set)
    for prefix, zones in rows(f"{resources}/timezones/map_data.txt"):
        zones = zones.split("&")
        if prefix.startswith("1"):
            if len(prefix) >= 4:
                table[prefix[:4]].update(zones)
        else:
            countries[prefix].update(zones)
    for area, states in states_of_areas(f"{resources}/geocoding/en/1.txt").items():
        for state in states:
            table["1" + area].update(STATES[state].split())
    # A country's own row lists all its zones; longer prefixes are parts of it.
    codes = [p for p in countries if not any(p != q and p.startswith(q) for q in countries)]
    for code in codes:
        for prefix, zones in countries.items():
            if prefix.startswith(code):
                table[code].update(zones)
    return {p: z - {"Etc/Unknown"} for p, z in table.items() if z - {"Etc/Unknown"}}


def main():
    table = collect(sys.argv[1])
    names = sorted(set().union(*table.values()))
    at = {n: i for i, n in enumerate(names)}
    print("/* phone_zones_data.c - made by scripts/phone_zones.py; do not edit.\n *")
    print(" * Derived from libphonenumber's resources/timezones/map_data.txt and resources/geocoding/en/1.txt,")
    print(" * Copyright (C) 2011-2012 The Libphonenumber Authors, licensed under the Apache License, Version 2.0; changed: rows are")
    print(" * joined by area code and country, and the zones of the whole state are added. */")
    print('#include "lead/phone_zones_priv.h"\n\n#include "base/banned.h"\n')
    print("const char *const phone_zone_names[] = {")
    for i in range(0, len(names), 5):
        print("    " + ", ".join(f'"{n}"' for n in names[i:i + 5]) + ",")
    print("};\n\n/* Sorted by prefix. `zones` are indices into the names, ended by PHONE_ZONE_END. */\nconst struct phone_zone_row phone_zone_rows[] = {")
    for prefix in sorted(table):
        indices = ", ".join(str(at[z]) for z in sorted(table[prefix]))
        print(f'    {{"{prefix}", (const unsigned short[]){{{indices}, PHONE_ZONE_END}}}},')
    print("};\n\nconst size_t phone_zone_row_count = sizeof phone_zone_rows / sizeof phone_zone_rows[0];")


main()
