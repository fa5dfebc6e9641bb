"""Reads the schema files: messages, their structs and fields, and the table of API keys.

The notation is explained in backend/protocol/README.md. A field's versions are kept as far as its
struct knows them; `Struct.versions` is the range in which the struct is used at all, so that the
code generator can leave out conditions that always hold.
"""

import dataclasses
import pathlib

FOREVER = 32767
KINDS = ("request", "response", "header", "data", "metadata-record", "remote-log-record",
         "coordinator-key", "coordinator-value")
KINDS_WITH_KEY = tuple(kind for kind in KINDS if kind not in ("header", "data"))


class SchemaError(Exception):
    pass


@dataclasses.dataclass(frozen=True)
class Versions:
    first: int
    last: int

    @staticmethod
    def parse(text):
        """'3-13', '9+' or '0'; None for 'none'."""
        if text == "none":
            return None
        if text.endswith("+"):
            return Versions(int(text[:-1]), FOREVER)
        first, _, last = text.partition("-")
        return Versions(int(first), int(last or first))

    def covers(self, other):
        return self.first <= other.first and other.last <= self.last

    def overlap(self, other):
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Versions(first, last) if first <= last else None

    def hull(self, other):
        return Versions(min(self.first, other.first), max(self.last, other.last))


ALWAYS = Versions(0, FOREVER)


@dataclasses.dataclass
class Field:
    name: str
    type: str  # element type of an array
    is_array: bool
    versions: Versions
    nullable: Versions | None = None
    tag: int | None = None
    default: str | None = None
    is_ignorable: bool = False
    is_key: bool = False
    entity: str = ""
    is_flexible: bool = True  # False: never compact, whatever the message is
    struct: "Struct | None" = None

    @property
    def member(self):
        return self.name[0].lower() + self.name[1:]


@dataclasses.dataclass
class Struct:
    name: str
    fields: list
    versions: Versions | None = None

    def untagged(self):
        return [field for field in self.fields if field.tag is None]

    def tagged(self):
        return sorted((f for f in self.fields if f.tag is not None), key=lambda f: f.tag)


@dataclasses.dataclass
class Message:
    kind: str
    key: int
    name: str
    valid: Versions
    flexible: Versions | None
    family: str  # stem of the schema file
    root: Struct = None
    structs: list = dataclasses.field(default_factory=list)  # nested, in the order of first use


@dataclasses.dataclass
class Api:
    key: int
    name: str
    valid: Versions | None
    flexible: Versions | None
    listeners: tuple
    is_latest_unstable: bool


def _parse_field(text):
    words = text.split()
    name, type_name = words[0], words[1]
    words = words[2:]
    is_nullable = type_name.endswith("?")
    type_name = type_name.removesuffix("?")
    is_array = type_name.startswith("[]")
    field = Field(name, type_name.removeprefix("[]"), is_array, ALWAYS)
    if words and words[0][0].isdigit():
        field.versions = Versions.parse(words.pop(0))
    while words:
        word = words.pop(0)
        if word == "nullable":
            field.nullable = Versions.parse(words.pop(0))
        elif word == "tag":
            field.tag = int(words.pop(0))
        elif word == "=":
            field.default = words.pop(0)
        elif word == "ignorable":
            field.is_ignorable = True
        elif word == "key":
            field.is_key = True
        elif word.startswith("@"):
            field.entity = word[1:]
        elif word == "flexible" and words and words.pop(0) == "none":
            field.is_flexible = False
        else:
            raise SchemaError(f"unknown word '{word}'")
    if is_nullable:
        field.nullable = field.versions
    return field


def _parse_head(words, family):
    kind = words.pop(0)
    if kind not in KINDS:
        raise SchemaError(f"unknown kind of message '{kind}'")
    key = int(words.pop(0)) if kind in KINDS_WITH_KEY else -1
    name, valid = words.pop(0), Versions.parse(words.pop(0))
    flexible = None
    if words:
        if words.pop(0) != "flexible":
            raise SchemaError("expected 'flexible VERSIONS' after the versions")
        flexible = Versions.parse(words.pop(0))
    return Message(kind, key, name, valid, flexible, family, Struct(name, []))


def _bind_structs(message):
    """Gives each field of a struct type its struct, which is written out below the first use."""
    known = {}

    def visit(struct, versions):
        struct.versions = struct.versions.hull(versions) if struct.versions else versions
        for field in struct.fields:
            if not field.type[0].isupper():
                continue
            if field.struct:
                known[field.type] = field.struct
                if field.struct not in message.structs:
                    message.structs.append(field.struct)
            elif field.type in known:
                field.struct = known[field.type]
            else:
                raise SchemaError(f"{message.name}: struct {field.type} has no fields")
            used = field.versions.overlap(versions)
            if not used:
                raise SchemaError(f"{message.name}: {field.name} exists in no version")
            visit(field.struct, used)

    visit(message.root, message.valid)


def _parse_messages(path):
    messages = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        text = line.split("#")[0].rstrip()
        if not text:
            continue
        try:
            if not text.startswith(" "):
                messages.append(_parse_head(text.split(), path.stem))
                stack = [messages[-1].root]
                continue
            depth = (len(text) - len(text.lstrip())) // 2
            del stack[depth:]
            field = _parse_field(text)
            stack[-1].fields.append(field)
            if field.type[0].isupper():
                stack.append(Struct(field.type, []))
                field.struct = stack[-1]
        except (SchemaError, ValueError, IndexError) as error:
            raise SchemaError(f"{path}:{number}: {error}") from error
    for message in messages:
        _drop_empty_structs(message.root)
        _bind_structs(message)
    return messages


def _drop_empty_structs(struct):
    """A struct type without fields below it was written out before."""
    for field in struct.fields:
        if field.struct:
            if field.struct.fields:
                _drop_empty_structs(field.struct)
            else:
                field.struct = None


def _parse_apis(path):
    apis = []
    for line in path.read_text().splitlines():
        words = line.split("#")[0].split()
        if not words:
            continue
        api = Api(int(words[0]), words[1], Versions.parse(words[2]), None, (), "unstable" in words)
        if "flexible" in words:
            api.flexible = Versions.parse(words[words.index("flexible") + 1])
        api.listeners = tuple(word for word in words if word in ("broker", "controller"))
        apis.append(api)
    return apis


def load(folder):
    """All messages in the order of the files' names, and all APIs."""
    folder = pathlib.Path(folder)
    messages = []
    for path in sorted(folder.rglob("*.txt"), key=lambda p: str(p.relative_to(folder))):
        if path.name != "apis.txt":
            messages += _parse_messages(path)
    return messages, _parse_apis(folder / "apis.txt")
