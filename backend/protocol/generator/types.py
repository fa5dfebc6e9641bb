"""How the schema's types look in C++."""

from .schema import FOREVER

# schema type: (C++ type, fewest bytes on the wire)
SCALARS = {
    "bool": ("bool", 1),
    "int8": ("std::int8_t", 1),
    "int16": ("std::int16_t", 2),
    "uint16": ("std::uint16_t", 2),
    "int32": ("std::int32_t", 4),
    "uint32": ("std::uint32_t", 4),
    "int64": ("std::int64_t", 8),
    "float64": ("double", 8),
    "uuid": ("Uuid", 16),
    "string": ("std::string", 1),
    "bytes": ("Bytes", 1),
    "records": ("RecordsView", 1),
}
INTEGERS = ("int8", "int16", "uint16", "int32", "uint32", "int64")
STRONG = {("brokerId", "int32"): "BrokerId", ("producerId", "int64"): "ProducerId"}


def element_type(field):
    if field.struct:
        return field.struct.name
    return STRONG.get((field.entity, field.type)) or SCALARS[field.type][0]


def plain_type(field):
    """The field's type without its optional."""
    return f"std::vector<{element_type(field)}>" if field.is_array else element_type(field)


def is_optional(field):
    """records carry their null themselves."""
    return field.nullable is not None and (field.is_array or field.type != "records")


def member_type(field):
    return f"std::optional<{plain_type(field)}>" if is_optional(field) else plain_type(field)


def _number(field):
    text = field.default or "0"
    if field.type == "int32" and int(text, 0) == -(2**31):
        return "std::numeric_limits<std::int32_t>::min()"
    if field.type == "int64" and int(text, 0) == 2**63 - 1:
        return "std::numeric_limits<std::int64_t>::max()"
    return text


def default_value(field):
    """The C++ expression of the default, or None when the type's own default is meant."""
    if field.default == "null":
        return None
    if is_optional(field):
        if field.is_array or field.struct or field.type == "bytes":
            return f"{plain_type(field)}()"
        if field.type == "string":
            return f"std::string({field.default if field.default not in (None, chr(34) * 2) else ''})"
        raise ValueError(f"{field.name}: a nullable {field.type} has no default")
    if field.is_array or field.struct:
        return None
    if (field.entity, field.type) in STRONG:
        return f"{element_type(field)}({_number(field)})"
    if field.type == "bool":
        return field.default or "false"
    if field.type in INTEGERS:
        return _number(field)
    if field.type == "float64":
        return field.default or "0.0"
    if field.type == "string" and field.default not in (None, '""'):
        return field.default
    return None


def differs_from_default(field):
    """A C++ condition: true when the member does not have its default."""
    name = field.member
    if is_optional(field):
        if field.default == "null":
            return f"{name}.has_value()"
        if field.is_array or field.type in ("string", "bytes"):
            return f"(!{name} || !{name}->empty())"
        return f"{name} != {default_value(field)}"
    if field.is_array or field.type in ("string", "bytes"):
        return f"!{name}.empty()"
    if field.type == "records":
        return f"{name}.size() != 0"
    if field.struct:
        return f"!({name} == {field.struct.name}())"
    if field.type == "uuid":
        return f"!{name}.isZero()"
    if field.type == "bool":
        return f"!{name}" if field.default == "true" else name
    return f"{name} != {default_value(field)}"


def condition(versions, scope):
    """A C++ condition that `ver` lies in versions, given that it lies in scope; '' when always."""
    if versions.covers(scope):
        return ""
    tests = []
    if versions.first > scope.first:
        tests.append(f"ver >= {versions.first}")
    if versions.last < min(scope.last, FOREVER):
        tests.append(f"ver <= {versions.last}")
    if versions.first == versions.last and len(tests) == 2:
        return f"ver == {versions.first}"
    return " && ".join(tests)


def least_size(struct, flexible, valid):
    """The fewest bytes that a struct takes on the wire in any version."""
    always_flexible = flexible is not None and flexible.covers(valid)
    size = 1 if always_flexible else 0
    for field in struct.untagged():
        if not field.versions.covers(struct.versions):
            continue
        if field.is_array:
            size += 4 if flexible is None else 1
        elif field.struct:
            size += 1 if field.nullable else least_size(field.struct, flexible, valid)
        else:
            size += SCALARS[field.type][1]
    return max(size, 1)
