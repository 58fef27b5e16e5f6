"""cases.py - reads case files (doc/cases.md) and plans their records."""
import json
import subprocess
import sys

import facts


class Case:
    def __init__(self, name, place, day):
        self.name, self.place, self.day = name, place, day
        self.facts, self.expectations = [], []


class Reader:
    """Reads case files: bases are shared by the file they stand in."""

    def __init__(self):
        self.cases, self.errors = [], []

    def read(self, path):
        self.bases, self.current, self.base, self.day = {}, None, None, "2026-06-01"
        for number, line in enumerate(path.read_text().splitlines(), 1):
            line = line.strip()
            if line and not line.startswith("#"):
                self.place = f"{path}:{number}"
                try:
                    self.read_line(line)
                except (facts.FactError, ValueError, KeyError) as error:
                    self.errors.append(f"{self.place}: {error}")

    def read_line(self, line):
        word, _, rest = line.partition(" ")
        if word == "as-of":
            self.day = rest
        elif word == "base":
            self.base = self.bases[rest] = []
            self.current = None
        elif word == "case":
            self.current, self.base = Case(rest, self.place, self.day), None
            self.cases.append(self.current)
        elif word == "expect":
            self.current.expectations.append((self.place, rest))
        else:
            self.add_fact(word, rest, line)

    def add_fact(self, word, rest, line):
        into = self.current.facts if self.current else self.base
        if into is None:
            raise facts.FactError("a fact stands before any base or case")
        if word == "use":
            if rest not in self.bases:
                raise facts.FactError(f"there is no base {rest}")
            into.extend((fact, "use") for fact, _ in self.bases[rest])
        elif word == "without":
            into[:] = [pair for pair in into if pair[0].key.split(" ")[-1] != rest]
        else:
            fact = facts.read_fact(line, self.day[:10])
            # What the case says replaces what its base says; two lines of one case both stand.
            into[:] = [pair for pair in into if not (pair[0].key == fact.key and pair[1] == "use")]
            into.append((fact, "own"))


def run(command, text):
    return subprocess.run(command, input=text.encode(), capture_output=True, timeout=600, check=False)


def plan_all(command, cases):
    """The plans of the cases, in their order; one run for each as-of date."""
    plans = {}
    for day in dict.fromkeys(case.day for case in cases):
        of_day = [case for case in cases if case.day == day]
        lines = "".join(facts.to_json(facts.make_bundle([f for f, _ in case.facts])) + "\n" for case in of_day)
        done = run([*command, "--as-of", day, "-"], lines)
        answers = done.stdout.decode().splitlines()
        if len(answers) != len(of_day):
            sys.exit(f"run-cases: {len(of_day)} records gave {len(answers)} plans\n{done.stderr.decode()[:4000]}")
        plans.update((case, json.loads(answer)) for case, answer in zip(of_day, answers))
    return plans
