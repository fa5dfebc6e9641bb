"""Writes the table of API keys and the table of all messages."""

from .header import BANNER
from .schema import FOREVER

KIND = {
    "request": "Request",
    "response": "Response",
    "header": "Header",
    "data": "Data",
    "metadata-record": "MetadataRecord",
    "remote-log-record": "RemoteLogRecord",
    "coordinator-key": "CoordinatorKey",
    "coordinator-value": "CoordinatorValue",
}


def api_ids(apis):
    lines = [BANNER + "#pragma once", "", "#include <cstdint>", "", "namespace moldau::protocol {", ""]
    lines += ["enum class ApiKey : std::int16_t {"]
    lines += [f"    {api.name} = {api.key}," for api in apis]
    lines += ["};", "", "} // namespace moldau::protocol", ""]
    return "\n".join(lines)


def api_table(apis):
    lines = [
        BANNER + '#include "protocol/apikeys.h"',
        "",
        "namespace moldau::protocol {",
        "",
        "std::span<const ApiFacts> allApis()",
        "{",
        "    static constexpr ApiFacts facts[] = {",
    ]
    for api in apis:
        first, last = (api.valid.first, api.valid.last) if api.valid else (0, -1)
        flexible = api.flexible.first if api.flexible else FOREVER
        flags = ", ".join(
            str(flag).lower()
            for flag in ("broker" in api.listeners, "controller" in api.listeners,
                         api.is_latest_unstable))
        lines.append(
            f'        {{ApiKey::{api.name}, "{api.name}", {first}, {last}, {flexible}, {flags}}},')
    lines += ["    };", "    return facts;", "}", "", "} // namespace moldau::protocol", ""]
    return "\n".join(lines)


def message_table(messages):
    lines = [
        BANNER + '#include "protocol/messageinfo.h"',
        "",
        "namespace moldau::protocol {",
        "",
    ]
    lines += [f"std::unique_ptr<AnyMessage> create{m.name}();" for m in messages]
    lines += [
        "",
        "std::span<const MessageInfo> allMessages()",
        "{",
        "    static constexpr MessageInfo infos[] = {",
    ]
    for m in messages:
        flexible = m.flexible.first if m.flexible else FOREVER
        is_record = m.kind not in ("request", "response", "header", "data")
        lines.append(
            f'        {{"{m.name}", MessageKind::{KIND[m.kind]}, "{m.family if is_record else ""}", '
            f"{m.key}, {m.valid.first}, {m.valid.last}, {flexible}, &create{m.name}}},")
    lines += ["    };", "    return infos;", "}", "", "} // namespace moldau::protocol", ""]
    return "\n".join(lines)
