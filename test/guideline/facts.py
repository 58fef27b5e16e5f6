"""facts.py - the short form of a record (doc/cases.md) to a FHIR Bundle."""
import json
import re
import shlex

SYSTEMS = {
    "loinc": "http://loinc.org",
    "snomed": "http://snomed.info/sct",
    "icd10cm": "http://hl7.org/fhir/sid/icd-10-cm",
    "icd10": "http://hl7.org/fhir/sid/icd-10",
    "icdo3": "http://terminology.hl7.org/CodeSystem/icd-o-3",
    "atc": "http://www.whocc.no/atc",
    "rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "hgnc": "http://www.genenames.org",
    "ajcc": "http://cancerstaging.org",
    "islet": "https://w3id.org/islet/CodeSystem/finding",
}
UNIT_SYSTEM = "http://unitsofmeasure.org"
CATEGORY = "http://terminology.hl7.org/CodeSystem/"
MCODE = "http://hl7.org/fhir/us/mcode/StructureDefinition/"
NUMBER = re.compile(r"-?\d+(\.\d+)?$")
COMPARATORS = ("<=", ">=", "<", ">")


class FactError(Exception):
    """A line that is no fact; its text says why."""


def coding(code):
    system, mark, value = code.partition("#")
    if not mark or system not in SYSTEMS:
        raise FactError(f"{code}: expected SYSTEM#CODE with a system of {', '.join(SYSTEMS)}")
    return {"system": SYSTEMS[system], "code": value}


def concept(code):
    return {"coding": [coding(code)]}


def json_number(text):
    """A number as it is written, so that 2.0 and 400 digits arrive unchanged."""
    return RawNumber(text)


class RawNumber(float):
    def __new__(cls, text):
        made = super().__new__(cls, text)
        made.text = text
        return made

    def __repr__(self):
        return self.text


def quantity(number, unit, comparator=None):
    made = {"value": json_number(number)}
    if comparator:
        made["comparator"] = comparator
    if unit:
        made.update(unit=unit, system=UNIT_SYSTEM, code=unit)
    return made


class Words:
    """The words of a line, taken one after the other."""

    def __init__(self, line):
        lexer = shlex.shlex(line, posix=False)
        lexer.whitespace_split, lexer.commenters, lexer.quotes = True, "", '"'
        self.words, self.at = list(lexer), 0

    def peek(self):
        return self.words[self.at] if self.at < len(self.words) else None

    def take(self, what="a word"):
        word = self.peek()
        if word is None:
            raise FactError(f"expected {what} at the end of the line")
        self.at += 1
        return word

    def text(self):
        return self.take("a text").strip('"')

    def options(self, known):
        """The rest as pairs: each option's name, then what `known[name]` takes."""
        while self.peek() is not None:
            name = self.take()
            if name not in known:
                raise FactError(f"{name}: expected one of {', '.join(known)}")
            known[name](self)


OPTION_WORDS = {"on", "until", "site", "method", "method-text", "low", "high", "interpretation", "component",
                "focus", "status", "id", "specimen"}


def unit_follows(words):
    following = words.peek()
    return following is not None and following not in OPTION_WORDS


def read_value(words):
    """A VALUE as the FHIR elements that it makes: {"valueQuantity": ...}."""
    word = words.take("a value")
    if word in COMPARATORS:
        number = words.take("a number")
        unit = words.take() if unit_follows(words) else None
        return {"valueQuantity": quantity(number, unit, word)}
    if ".." in word and "#" not in word and not word.startswith('"'):
        low, high = word.split("..")
        unit = words.take("a unit")
        return {"valueRange": {"low": quantity(low, unit), "high": quantity(high, unit)}}
    if NUMBER.match(word):
        if unit_follows(words):
            return {"valueQuantity": quantity(word, words.take())}
        return {"valueInteger": int(word)} if "." not in word else {"valueQuantity": quantity(word, None)}
    if word in ("true", "false"):
        return {"valueBoolean": word == "true"}
    if word == "absent":
        reason = {"system": CATEGORY + "data-absent-reason", "code": words.take("a reason")}
        return {"dataAbsentReason": {"coding": [reason]}}
    if word == "-":
        return {}
    if word.startswith('"'):
        return {"valueCodeableConcept": {"text": word.strip('"')}}
    made = concept(word)
    if word.startswith("hgnc#") and words.peek() and words.peek().startswith('"'):
        made["text"] = words.text()
    return {"valueCodeableConcept": made}


def status_concept(kind, code):
    return {"coding": [{"system": CATEGORY + kind, "code": code}]}


class Fact:
    """A resource, and the key by which a later fact replaces it."""

    def __init__(self, key, resource, url=None):
        self.key, self.resource, self.url = key, resource, url


def read_patient(words, day):
    return Fact("patient", {"resourceType": "Patient", "id": "p1", "gender": words.take("a sex"),
                            "birthDate": words.take("a birth date")})


def read_condition(words, day):
    code = words.take("a code")
    made = {"resourceType": "Condition", "verificationStatus": status_concept("condition-ver-status", "confirmed"),
            "code": concept(code), "onsetDateTime": day}
    sites = []

    def morphology(w):
        made.setdefault("extension", []).append({"url": MCODE + "mcode-histology-morphology-behavior",
                                                 "valueCodeableConcept": concept(w.take())})

    def secondary(w):
        made["meta"] = {"profile": [MCODE + "mcode-secondary-cancer-condition"]}

    def site(w):
        while w.peek() is not None and "#" in w.peek():
            sites.append(coding(w.take()))

    words.options({
        "status": lambda w: made.update(verificationStatus=status_concept("condition-ver-status", w.take())),
        "morphology": morphology, "secondary": secondary, "site": site,
        "on": lambda w: made.update(onsetDateTime=w.take()), "id": lambda w: made.update(id=w.take())})
    if sites:
        made["bodySite"] = [{"coding": sites}]
    return Fact("condition " + code, made)


def read_component(words, made):
    made.setdefault("component", []).append({"code": concept(words.take("a code")), **read_value(words)})


def read_observation(words, day):
    code = words.take("a code")
    made = {"resourceType": "Observation", "status": "final", "code": concept(code), **read_value(words)}
    period = {"start": day}
    limits = {}

    def limit(name):
        return lambda w: limits.update({name: quantity(w.take("a number"), w.take("a unit"))})

    words.options({
        "on": lambda w: period.update(start=w.take()), "until": lambda w: period.update(end=w.take()),
        "site": lambda w: made.update(bodySite=concept(w.take())),
        "method": lambda w: made.update(method=concept(w.take())),
        "method-text": lambda w: made.update(method={"text": w.text()}),
        "low": limit("low"), "high": limit("high"),
        "interpretation": lambda w: made.update(
            interpretation=[status_concept("v3-ObservationInterpretation", w.take())]),
        "component": lambda w: read_component(w, made),
        "specimen": lambda w: made.setdefault("component", []).append(
            {"code": concept("islet#specimen"), "valueCodeableConcept": concept(w.take())}),
        "focus": lambda w: made.update(focus=[{"reference": w.take()}]),
        "status": lambda w: made.update(status=w.take()), "id": lambda w: made.update(id=w.take())})
    if limits:
        made["referenceRange"] = [limits]
    if "end" in period:
        made["effectivePeriod"] = period
    else:
        made["effectiveDateTime"] = period["start"]
    return Fact(f"obs {code}", made)


def read_medication(words, day):
    code = words.take("a code")
    made = {"resourceType": "MedicationStatement", "medicationCodeableConcept": concept(code)}
    period, given = {}, {}
    words.options({
        "status": lambda w: given.update(status=w.take()), "from": lambda w: period.update(start=w.take()),
        "to": lambda w: period.update(end=w.take()),
        "reason": lambda w: made.update(statusReason=[concept(w.take())]),
        "dose": lambda w: made.update(dosage=[{"text": w.text()}]), "id": lambda w: made.update(id=w.take())})
    made["status"] = given.get("status", "completed" if "end" in period else "active")
    if period:
        made["effectivePeriod"] = period
    return Fact("medication " + code, made)


def read_procedure(words, day):
    code = words.take("a code")
    made = {"resourceType": "Procedure", "status": "completed", "code": concept(code), "performedDateTime": day}
    words.options({
        "status": lambda w: made.update(status=w.take()), "on": lambda w: made.update(performedDateTime=w.take()),
        "outcome": lambda w: made.update(outcome=concept(w.take())), "id": lambda w: made.update(id=w.take())})
    return Fact("procedure " + code, made)


def read_list(words, day):
    code = words.take("a code")
    made = {"resourceType": "Observation", "status": "final", "code": concept("islet#complete-list"),
            "valueCodeableConcept": concept(code), "effectiveDateTime": day}
    words.options({"on": lambda w: made.update(effectiveDateTime=w.take()), "id": lambda w: made.update(id=w.take())})
    return Fact("list " + code, made)


READERS = {"patient": read_patient, "condition": read_condition, "obs": read_observation,
           "medication": read_medication, "procedure": read_procedure, "list": read_list}


def read_fact(line, day):
    """The Fact of a line; `day` is the date of what has none."""
    kind, _, rest = line.partition(" ")
    if kind == "resource":
        resource = json.loads(rest, parse_float=json_number)
        if "resource" in resource:
            return Fact(f"entry {resource['fullUrl']}", resource["resource"], resource["fullUrl"])
        if resource.get("resourceType") == "Patient":
            return Fact("patient", resource)
        return Fact(f"resource {resource.get('resourceType')}/{resource.get('id')}", resource)
    if kind not in READERS:
        raise FactError(f"{kind}: expected a fact: {', '.join([*READERS, 'resource'])}")
    return READERS[kind](Words(rest), day)


def make_bundle(facts):
    """A Bundle of the facts, each with an id and the patient as its subject."""
    entries, taken = [], set()
    if not any(fact.resource.get("resourceType") == "Patient" for fact in facts):
        facts = [read_fact("patient female 1960-02-03", "")] + facts
    for number, fact in enumerate(facts, 1):
        resource = dict(fact.resource)
        if "id" not in resource:
            last = re.sub(r"[^A-Za-z0-9.-]", "-", fact.key.split(" ")[-1].split("#")[-1])
            resource["id"] = last if last not in taken else f"{last}-{number}"
        taken.add(resource["id"])
        subject = "patient" if resource["resourceType"] in ("AllergyIntolerance", "Immunization") else "subject"
        if resource["resourceType"] not in ("Patient", "Specimen", "Medication") and subject not in resource:
            resource[subject] = {"reference": "Patient/p1"}
        entries.append({"fullUrl": fact.url, "resource": resource} if fact.url else {"resource": resource})
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def to_json(value):
    """Compact JSON that keeps numbers as they were written."""
    if isinstance(value, RawNumber):
        return value.text
    if isinstance(value, dict):
        return "{" + ",".join(json.dumps(k) + ":" + to_json(v) for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(to_json, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
