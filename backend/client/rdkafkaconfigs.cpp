// RdKafkaAdmin's part for configs.

#include "client/rdkafkaadminrequest.h"

#include <fmt/format.h>

#include <algorithm>

namespace moldau::client {

namespace {

struct DestroyResource {
    void operator()(rd_kafka_ConfigResource_t* resource) const
    {
        rd_kafka_ConfigResource_destroy(resource);
    }
};
using Resource = std::unique_ptr<rd_kafka_ConfigResource_t, DestroyResource>;

Result<Resource> resourceOf(const ConfigResource& resource)
{
    if (resource.kind != ConfigResourceKind::Topic && resource.kind != ConfigResourceKind::Broker)
        return fail(ErrorCode::LocalUnsupported,
            "With this kind of SASL only the configs of topics and brokers can be reached.");
    if (resource.kind == ConfigResourceKind::Broker && resource.name.empty())
        return fail(ErrorCode::LocalUnsupported,
            "With this kind of SASL the default configs of all brokers can't be reached; name a "
            "broker.");
    Resource made(rd_kafka_ConfigResource_new(
        static_cast<rd_kafka_ResourceType_t>(resource.kind), resource.name.c_str()));
    if (made == nullptr)
        return fail(ErrorCode::LocalInvalidArgument, "The resource needs a name.");
    return made;
}

std::optional<std::string> valueOf(const rd_kafka_ConfigEntry_t* entry)
{
    const char* value = rd_kafka_ConfigEntry_value(entry);
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

ConfigDetail detailOf(const rd_kafka_ConfigEntry_t* entry)
{
    ConfigDetail detail;
    detail.entry.name = rd_kafka_ConfigEntry_name(entry);
    detail.entry.value = valueOf(entry);
    detail.entry.source = static_cast<ConfigSource>(rd_kafka_ConfigEntry_source(entry));
    detail.entry.isReadOnly = rd_kafka_ConfigEntry_is_read_only(entry) == 1;
    detail.entry.isSensitive = rd_kafka_ConfigEntry_is_sensitive(entry) == 1;
    std::size_t count = 0;
    const auto** synonyms = rd_kafka_ConfigEntry_synonyms(entry, &count);
    for (std::size_t i = 0; i < count; ++i)
        detail.synonyms.push_back({rd_kafka_ConfigEntry_name(synonyms[i]), valueOf(synonyms[i]),
            static_cast<ConfigSource>(rd_kafka_ConfigEntry_source(synonyms[i]))});
    return detail;
}

Result<std::vector<ConfigDetail>> detailsOf(rd_kafka_event_t* event)
{
    std::size_t count = 0;
    const auto** resources = rd_kafka_DescribeConfigs_result_resources(
        rd_kafka_event_DescribeConfigs_result(event), &count);
    if (count != 1)
        return fail(
            ErrorCode::UnknownServerError, "The broker's answer doesn't name the resource.");
    const rd_kafka_resp_err_t error = rd_kafka_ConfigResource_error(resources[0]);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
        return fail(doneOr(error, rd_kafka_ConfigResource_error_string(resources[0])).error());
    const auto** entries = rd_kafka_ConfigResource_configs(resources[0], &count);
    std::vector<ConfigDetail> details;
    for (std::size_t i = 0; i < count; ++i)
        details.push_back(detailOf(entries[i]));
    std::ranges::sort(details, {}, [](const ConfigDetail& detail) { return detail.entry.name; });
    return details;
}

/** Elements of a list value, without `element`. */
std::string joinedWithout(std::string_view list, std::string_view element)
{
    std::string out;
    while (!list.empty()) {
        const auto comma = list.find(',');
        const std::string_view item = list.substr(0, comma);
        list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
        if (item != element)
            out += (out.empty() ? "" : ",") + std::string(item);
    }
    return out;
}

void apply(std::map<std::string, std::string>& values, const ConfigOperation& operation)
{
    std::string& value = values[operation.name];
    switch (operation.kind) {
    case ConfigOperation::Kind::Set:
        value = operation.value;
        break;
    case ConfigOperation::Kind::Delete:
        values.erase(operation.name);
        break;
    case ConfigOperation::Kind::Append:
        value += (value.empty() ? "" : ",") + operation.value;
        break;
    case ConfigOperation::Kind::Subtract:
        value = joinedWithout(value, operation.value);
        break;
    }
}

/** What was set for this resource itself and stays set unless it is written again. */
Result<std::map<std::string, std::string>> ownValues(
    const std::vector<ConfigDetail>& details, ConfigResourceKind kind)
{
    const ConfigSource own
        = kind == ConfigResourceKind::Topic ? ConfigSource::Topic : ConfigSource::DynamicBroker;
    std::map<std::string, std::string> values;
    for (const ConfigDetail& detail : details) {
        if (detail.entry.source != own)
            continue;
        if (!detail.entry.value)
            return fail(ErrorCode::LocalUnsupported,
                fmt::format(
                    "With this kind of SASL all configs have to be written again, and {} is "
                    "secret, so that it would be lost. Change it with Kafka's own tools.",
                    detail.entry.name));
        values[detail.entry.name] = *detail.entry.value;
    }
    return values;
}

} // namespace

void RdKafkaAdmin::describeConfigs(
    const ConfigResource& resource, Answer<std::vector<ConfigDetail>> answer)
{
    auto wanted = resourceOf(resource);
    if (!wanted)
        return answer(fail(wanted.error()));
    request(
        RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, std::move(answer),
        [&](auto* rk, auto* options, auto* queue) {
            rd_kafka_ConfigResource_t* list[] = {wanted->get()};
            rd_kafka_DescribeConfigs(rk, list, 1, options, queue);
        },
        detailsOf);
}

void RdKafkaAdmin::changeConfigs(const ConfigResource& resource,
    const std::vector<ConfigOperation>& operations, Answer<Done> answer)
{
    auto wanted = resourceOf(resource);
    if (!wanted)
        return answer(fail(wanted.error()));
    RdKafkaHandle* handle = handleFor(answer);
    if (handle == nullptr)
        return;
    const std::uintptr_t id = ++m_lastId;
    m_pending[id] = [this, resource, operations, answer](const rd_kafka_event_t& constEvent) {
        auto* event = const_cast<rd_kafka_event_t*>(&constEvent); // librdkafka's getters want it so
        const rd_kafka_resp_err_t error = rd_kafka_event_error(event);
        if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
            return answer(fail(withTrouble(explain(error, rd_kafka_event_error_string(event)))));
        const auto details = detailsOf(event);
        auto values = details ? ownValues(*details, resource.kind) : fail(details.error());
        if (!values)
            return answer(fail(values.error()));
        for (const ConfigOperation& operation : operations)
            apply(*values, operation);
        const auto changed = resourceOf(resource);
        for (const auto& [name, value] : *values)
            rd_kafka_ConfigResource_set_config(changed->get(), name.c_str(), value.c_str());
        request(
            RD_KAFKA_ADMIN_OP_ALTERCONFIGS, answer,
            [&](auto* rk, auto* options, auto* queue) {
                rd_kafka_ConfigResource_t* list[] = {changed->get()};
                rd_kafka_AlterConfigs(rk, list, 1, options, queue);
            },
            [](rd_kafka_event_t* done) -> Result<Done> {
                std::size_t count = 0;
                const auto** resources = rd_kafka_AlterConfigs_result_resources(
                    rd_kafka_event_AlterConfigs_result(done), &count);
                if (count != 1)
                    return fail(ErrorCode::UnknownServerError,
                        "The broker's answer doesn't name the resource.");
                return doneOr(rd_kafka_ConfigResource_error(resources[0]),
                    rd_kafka_ConfigResource_error_string(resources[0]));
            });
    };
    rd_kafka_AdminOptions_t* options
        = rd_kafka_AdminOptions_new(handle->get(), RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS);
    rd_kafka_AdminOptions_set_opaque(
        options, reinterpret_cast<void*>(id)); // NOLINT: an id, never followed
    rd_kafka_ConfigResource_t* list[] = {wanted->get()};
    rd_kafka_DescribeConfigs(handle->get(), list, 1, options, m_queue.get());
    rd_kafka_AdminOptions_destroy(options);
}

} // namespace moldau::client
