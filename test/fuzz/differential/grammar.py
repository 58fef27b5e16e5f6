"""grammar.py - random well-typed expressions of the forms in expressions.txt."""
import pathlib
import re

SHORT = re.compile(r"\b([LI])<")
ALIAS = re.compile(r"\b([XYR])\b")


def written(name):
    """The type as CQL writes it."""
    return SHORT.sub(lambda m: {"L": "List<", "I": "Interval<"}[m[1]], name)


def filled(text, variable):
    return re.sub(r"\bT\b", variable, text)


def read_forms(path):
    """{type: [(text between the holes, types of the holes)]}"""
    forms = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        result, form, *rest = [part.strip() for part in line.split(" | ")]
        for variable in rest[0].split(":")[1].split() if rest else [None]:
            name = filled(result, variable) if variable else result
            body = filled(form, variable) if variable else form
            pieces = re.split(r"\$((?:[LI]<)*[A-Z]\w+>*)", body)
            forms.setdefault(name, []).append((pieces[::2], pieces[1::2]))
    return forms


def heights_of(forms):
    """How deep the shallowest expression of each type is; a leaf is 0."""
    heights = {name: 0 for name in forms if any(not holes for _, holes in forms[name])}
    while len(heights) < len(forms):
        for name in forms.keys() - heights.keys():
            known = [holes for _, holes in forms[name] if all(hole in heights for hole in holes)]
            if known:
                heights[name] = 1 + min(max(heights[hole] for hole in holes) for holes in known)
    return heights


class Grammar:
    def __init__(self, random):
        self.random = random
        self.forms = read_forms(pathlib.Path(__file__).with_name("expressions.txt"))
        self.heights = heights_of(self.forms)
        self.types = sorted(self.forms)
        self.queries = 0

    def height(self, form):
        return 1 + max(self.heights[hole] for hole in form[1]) if form[1] else 0

    def expression(self, name, depth):
        """An expression of the type, at most so deep."""
        forms = self.forms[name]
        leaves = [form for form in forms if not form[1]]
        if leaves and (depth <= 0 or self.random.random() < 0.2):
            forms = leaves
        elif depth <= 0:
            forms = [form for form in forms if self.height(form) == self.heights[name]]
        texts, holes = self.random.choice(forms)
        self.queries += 1  # aliases of its own for each
        texts = [ALIAS.sub(rf"\g<1>{self.queries}", text) for text in texts]
        parts = [texts[0]]
        for hole, text in zip(holes, texts[1:]):
            parts += [self.expression(hole, depth - 1), text]
        return written("".join(parts))

    def any_expression(self, depth):
        return self.expression(self.random.choice(self.types), depth)
