#include "compose/servicereader.h"

#include "compose/editing.h"
#include "configs/configvalue.h"

#include <charconv>

#include <fmt/format.h>

namespace moldau::compose {

using configs::trimmed;

namespace {

/** "9092" or "9092-9094". */
std::optional<std::pair<int, int>> portRange(std::string_view text)
{
    const auto number = [](std::string_view digits) -> std::optional<int> {
        int value = 0;
        const auto [end, error]
            = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        const bool isWhole = error == std::errc{} && end == digits.data() + digits.size();
        return isWhole && value >= 0 && value <= 65535 ? std::optional(value) : std::nullopt;
    };
    const std::size_t dash = text.find('-');
    const auto first = number(text.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : number(text.substr(dash + 1));
    if (!first || !last || *last < *first)
        return std::nullopt;
    return std::pair(*first, *last);
}

} // namespace

ServiceReader::ServiceReader(const ComposeContext& context, FindingList& findings)
    : m_context(context)
    , m_findings(findings)
{
    m_lookup = [this](std::string_view name) -> std::optional<std::string> {
        for (const configs::ConfigMap* map : {&m_context.environment, &std::as_const(m_dotEnv)}) {
            if (const auto found = map->find(name); found != map->end())
                return found->second;
        }
        return std::nullopt;
    };
    if (const auto dotEnv = m_context.readFile ? m_context.readFile(".env") : std::nullopt) {
        for (DotEnvLine& line : readDotEnv(*dotEnv, m_lookup)) {
            if (line.value)
                m_dotEnv.insert_or_assign(line.name, *line.value);
        }
    }
}

void ServiceReader::wrongForm(const YamlPtr& node, Sentence message)
{
    m_findings.add(node, Severity::Error, "MLD006", std::move(message));
}

ComposeText ServiceReader::read(const YamlPtr& node)
{
    if (node == nullptr || !node->isScalar())
        return {{}, node, false};
    Interpolated result = interpolate(node->value, m_lookup);
    if (!result.problem.empty())
        m_findings.add(node, Severity::Error, "MLD008", std::move(result.problem));
    for (const std::string& name : result.unset)
        m_findings.add(node, Severity::Warning, "MLD007",
            say("The \"{}\" variable is not set. Defaulting to a blank string.", name));
    return {std::move(result.text), node, result.isChanged};
}

std::vector<ComposeText> ServiceReader::readNames(const YamlPtr& node)
{
    std::vector<ComposeText> names;
    if (node == nullptr)
        return names;
    if (node->isScalar())
        names.push_back(read(node));
    for (const YamlPtr& item : node->items)
        names.push_back(read(item));
    for (const YamlNode::Entry& entry : node->entries)
        names.push_back({entry.first->value, entry.first, false});
    return names;
}

std::vector<ComposeText> ServiceReader::readWords(const YamlPtr& node)
{
    std::vector<ComposeText> words;
    if (node == nullptr)
        return words;
    if (node->isSequence())
        return readNames(node);
    const ComposeText whole = read(node);
    for (std::size_t at = 0; at < whole.text.size();) {
        const std::size_t start = whole.text.find_first_not_of(" \t\r\n", at);
        if (start == std::string::npos)
            break;
        const std::size_t end
            = std::min(whole.text.find_first_of(" \t\r\n", start), whole.text.size());
        words.push_back({whole.text.substr(start, end - start), node, true});
        at = end;
    }
    return words;
}

void ServiceReader::setVariable(ComposeService& service, EnvironmentVariable variable)
{
    if (!variable.value)
        variable.value = m_lookup(variable.name);
    std::string name = variable.name;
    service.environment.insert_or_assign(std::move(name), std::move(variable));
}

void ServiceReader::readListEntry(const YamlPtr& item, ComposeService& service)
{
    if (item->isMap() && item->entries.size() == 1 && item->entries.front().second->isScalar()) {
        // "- NAME: VALUE" mixes the two forms.
        const auto& [key, value] = item->entries.front();
        Finding& finding = m_findings.add(item, Severity::Error, "MLD029",
            say("environment.[{}] must be a text: in a list write \"- {}={}\", or leave "
                "out the dash",
                key->value, key->value, value->value));
        finding.fix = say("write {}={}", key->value, value->value);
        const auto raw = rawScalar(m_findings.text(), *value);
        const auto rawKey = rawScalar(m_findings.text(), *key);
        if (raw && rawKey && rawKey->quote == 0 && raw->offset > rawKey->offset)
            finding.edits.push_back({rawKey->offset, raw->offset + raw->length - rawKey->offset,
                asScalar(key->value + "=" + value->value)});
        const ComposeText text = read(value);
        setVariable(service,
            {.name = key->value,
                .value = text.text,
                .keyNode = key,
                .valueNode = value,
                .isListEntry = false,
                .isInterpolated = true,
                .envFile = {}});
        return;
    }
    if (!item->isScalar()) {
        wrongForm(item, say("an entry of environment must be a text of the form NAME=VALUE"));
        return;
    }
    const ComposeText text = read(item);
    const std::size_t equals = text.text.find('=');
    std::string name = text.text.substr(0, equals);
    if (trimmed(name) != name && equals != std::string::npos) {
        Finding& finding = m_findings.add(item, Severity::Error, "MLD028",
            say("the variable's name is \"{}\", blanks included: there must be none before "
                "the equals sign",
                name));
        const std::size_t value = text.text.find_first_not_of(' ', equals + 1);
        const std::string repaired = fmt::format("{}={}", trimmed(name),
            value == std::string::npos ? std::string() : text.text.substr(value));
        finding.fix = say("write {}", repaired);
        if (const auto edit = text.isInterpolated
                ? std::nullopt
                : replaceScalar(m_findings.text(), *item, repaired))
            finding.edits.push_back(*edit);
        name = trimmed(name);
    }
    EnvironmentVariable variable{.name = name,
        .value = {},
        .keyNode = item,
        .valueNode = nullptr,
        .isListEntry = true,
        .isInterpolated = text.isInterpolated,
        .envFile = {}};
    if (equals != std::string::npos)
        variable.value = text.text.substr(equals + 1);
    setVariable(service, std::move(variable));
}

void ServiceReader::readEnvironment(const YamlPtr& node, ComposeService& service)
{
    if (node == nullptr || node->isNull())
        return;
    service.environmentNode = node;
    if (node->isSequence()) {
        for (const YamlPtr& item : node->items)
            readListEntry(item, service);
        return;
    }
    if (!node->isMap()) {
        wrongForm(node, say("services.{}.environment must be a map or a list", service.name));
        return;
    }
    for (const auto& [key, value] : node->entries) {
        if (!value->isScalar() && !value->isNull()) {
            wrongForm(value, say("environment.{} must be a text, a number or nothing", key->value));
            continue;
        }
        EnvironmentVariable variable{.name = key->value,
            .value = {},
            .keyNode = key,
            .valueNode = value,
            .isListEntry = false,
            .isInterpolated = false,
            .envFile = {}};
        if (value->isScalar()) {
            ComposeText text = read(value);
            variable.value = std::move(text.text);
            variable.isInterpolated = text.isInterpolated;
        }
        setVariable(service, std::move(variable));
    }
}

void ServiceReader::readEnvFile(
    const YamlPtr& node, const std::string& path, bool isRequired, ComposeService& service)
{
    if (!m_context.readFile)
        return;
    const auto text = m_context.readFile(path);
    if (!text) {
        if (isRequired)
            m_findings.add(node, Severity::Error, "MLD009", say("env file {} not found", path));
        return;
    }
    for (DotEnvLine& line : readDotEnv(*text, m_lookup)) {
        EnvironmentVariable variable{.name = line.name,
            .value = std::move(line.value),
            .keyNode = node,
            .valueNode = nullptr,
            .isListEntry = false,
            .isInterpolated = true,
            .envFile = fmt::format("{}:{}", path, line.line)};
        setVariable(service, std::move(variable));
    }
}

void ServiceReader::readEnvFiles(const YamlPtr& node, ComposeService& service)
{
    if (node == nullptr)
        return;
    const auto readOne = [&](const YamlPtr& each) {
        if (!each->isMap()) {
            readEnvFile(each, read(each).text, true, service);
            return;
        }
        const YamlPtr required = each->find("required");
        const YamlPtr path = each->find("path");
        readEnvFile(
            each, read(path).text, required == nullptr || required->value != "false", service);
    };
    if (!node->isSequence())
        readOne(node);
    for (const YamlPtr& item : node->items)
        readOne(item);
}

void ServiceReader::readShortPort(const YamlPtr& node, ComposeService& service)
{
    const ComposeText text = read(node);
    std::string_view rest = text.text;
    std::string protocol = "tcp";
    if (const std::size_t slash = rest.rfind('/'); slash != std::string_view::npos) {
        protocol = rest.substr(slash + 1);
        rest = rest.substr(0, slash);
    }
    const std::size_t colon = rest.rfind(':');
    const auto container
        = portRange(colon == std::string_view::npos ? rest : rest.substr(colon + 1));
    std::string_view host
        = colon == std::string_view::npos ? std::string_view() : rest.substr(0, colon);
    std::string_view address;
    if (const std::size_t last = host.rfind(':'); last != std::string_view::npos) {
        address = host.substr(0, last);
        host = host.substr(last + 1);
    }
    const auto published = host.empty() ? std::pair(0, 0) : portRange(host);
    if (!container || !published || container->first == 0) {
        m_findings.add(node, Severity::Error, "MLD013",
            say("\"{}\" is not a port mapping of the form HOST:CONTAINER", text.text));
        return;
    }
    const int count = container->second - container->first;
    const bool isSameLength = host.empty() || published->second - published->first == count;
    if (!isSameLength) {
        m_findings.add(node, Severity::Error, "MLD013",
            say("the port ranges of \"{}\" differ in length", text.text));
        return;
    }
    for (int i = 0; i <= count; ++i)
        service.ports.push_back({std::string(address),
            static_cast<std::uint16_t>(host.empty() ? 0 : published->first + i),
            static_cast<std::uint16_t>(container->first + i), protocol, node});
}

void ServiceReader::readLongPort(const YamlPtr& node, ComposeService& service)
{
    const auto textOf = [&](std::string_view key) {
        const YamlPtr value = node->find(key);
        return value == nullptr ? std::string() : read(value).text;
    };
    const auto target = portRange(textOf("target"));
    const std::string publishedText = textOf("published");
    const auto published = publishedText.empty() ? std::pair(0, 0) : portRange(publishedText);
    if (!target || !published) {
        m_findings.add(node, Severity::Error, "MLD013",
            say("a port needs a target from 1 to 65535, and published as a port too"));
        return;
    }
    const std::string protocol = textOf("protocol");
    service.ports.push_back({textOf("host_ip"), static_cast<std::uint16_t>(published->first),
        static_cast<std::uint16_t>(target->first), protocol.empty() ? "tcp" : protocol, node});
}

void ServiceReader::readPorts(const YamlPtr& node, ComposeService& service)
{
    if (node == nullptr || node->isNull())
        return;
    if (!node->isSequence()) {
        wrongForm(node, say("services.{}.ports must be a list", service.name));
        return;
    }
    service.portsNode = node;
    for (const YamlPtr& item : node->items) {
        if (item->isScalar())
            readShortPort(item, service);
        else if (item->isMap())
            readLongPort(item, service);
        else
            wrongForm(
                item, say("a port must be HOST:CONTAINER or a map with target and published"));
    }
}

std::vector<DotEnvLine> readDotEnv(std::string_view text, const VariableLookup& lookup)
{
    std::vector<DotEnvLine> lines;
    const LineIndex index(text);
    for (int number = 1; number <= index.lineCount(); ++number) {
        std::string_view line = trimmed(index.lineAt(number));
        if (line.empty() || line.front() == '#')
            continue;
        if (line.starts_with("export "))
            line = trimmed(line.substr(7));
        const std::size_t equals = line.find('=');
        DotEnvLine entry{std::string(trimmed(line.substr(0, equals))), std::nullopt, number};
        if (equals != std::string_view::npos) {
            std::string_view value = trimmed(line.substr(equals + 1));
            const char quote = !value.empty() && (value.front() == '"' || value.front() == '\'')
                ? value.front()
                : '\0';
            const std::size_t close = quote != 0 ? value.find(quote, 1) : std::string_view::npos;
            if (close != std::string_view::npos) {
                value = value.substr(1, close - 1);
            } else if (const std::size_t comment = value.find(" #");
                       comment != std::string_view::npos) {
                value = trimmed(value.substr(0, comment));
            }
            entry.value = quote == '\'' ? std::string(value) : interpolate(value, lookup).text;
        }
        lines.push_back(std::move(entry));
    }
    return lines;
}

} // namespace moldau::compose
