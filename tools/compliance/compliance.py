#!/usr/bin/env python3
"""Keeps docs/compliance.md beside the tests: which test shows which requirement.

    compliance.py             writes the table's last column anew
    compliance.py --check     fails if it is not what the tests say

A test carries the ids of its rows in its name: `R_A2_...`, several one after the other. Tests that drive the built
program (tests/e2e) come first, as `test_door Door.test_R_...`, then those that drive it through a browser
(web/tests/browser), then those of a unit.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs/compliance.md"
ROW = re.compile(r"^\| (R-[A-G]\d+) \|")
IDS = re.compile(r"R_([A-G]\d+)_")
CASE = re.compile(r"\b(?:TEST|TEST_F|TEST_P|RC_GTEST_PROP)\(\s*(\w+),\s*(\w+)")
STORY = re.compile(r"^\s*story\(['`](\w+)", re.MULTILINE)  # in the browser
NAMED_ROW = re.compile(r'\{"(R_[A-G]\d+_\w+)"')  # a row of a table of cases


def program_tests(path):
    group = ""
    for line in path.read_text().splitlines():
        if found := re.match(r"class (\w+)", line):
            group = found.group(1)
        elif found := re.match(r"    def (test_\w+)", line):
            yield f"{path.stem} {group}.{found.group(1)}", found.group(1)


def unit_tests(path):
    text = path.read_text()
    suite = "Cases"
    for group, name in CASE.findall(text):
        suite = group
        yield f"{group}.{name}", name
    for name in NAMED_ROW.findall(text):
        yield f"{suite}: {name}", name


def browser_tests(path):
    for name in STORY.findall(path.read_text()):
        yield f"web {path.name.split('.')[0]}: {name}", name


def tests_by_row():
    rows = {}
    program = sorted((ROOT / "tests/e2e").glob("*.py"))
    units = sorted((ROOT / "tests").rglob("*.cc")) + sorted((ROOT / "tests/contract").glob("*.h"))
    browser = sorted((ROOT / "web/tests/browser").glob("*.test.mjs"))
    for files, reader in ((program, program_tests), (browser, browser_tests), (units, unit_tests)):
        for path in files:
            for shown, name in sorted(set(reader(path))):
                for row in IDS.findall(name):
                    rows.setdefault("R-" + row, []).append(shown)
    return rows


def rewritten(text, rows):
    lines, seen = [], set()
    for line in text.splitlines():
        if found := ROW.match(line):
            cells = line.split(" | ")
            tests = rows.get(found.group(1), [])
            cells[3:] = ["<br>".join(f"`{test}`" for test in tests) or "–"]
            line = " | ".join(cells) + " |"
            seen.add(found.group(1))
        lines.append(line)
    strangers = sorted(set(rows) - seen)
    if strangers:
        sys.exit(f"docs/compliance.md:1: has no row {', '.join(strangers)}, which tests name")
    return "\n".join(lines) + "\n"


def main():
    text = TABLE.read_text()
    wanted = rewritten(text, tests_by_row())
    if "--check" not in sys.argv:
        TABLE.write_text(wanted)
    elif text != wanted:
        number = next(n for n, (a, b) in enumerate(zip(text.splitlines(), wanted.splitlines()), 1) if a != b)
        sys.exit(f"docs/compliance.md:{number}: is not what the tests say; run tools/compliance/compliance.py")


if __name__ == "__main__":
    main()
