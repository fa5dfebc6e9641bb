#include "controller/featurecontrol.h"

#include "controller/features.h"

#include <algorithm>

#include <fmt/format.h>

namespace moldau::controller {

namespace {

constexpr std::string_view kMetadataVersion = "metadata.version";
constexpr std::string_view kKraftVersion = "kraft.version";
constexpr std::int16_t kFirstVersionWithUpgradeType = 1;
constexpr std::int16_t kFirstVersionWithoutResults = 2;

enum class UpgradeType : std::int8_t { Upgrade = 1, SafeDowngrade = 2, UnsafeDowngrade = 3 };

std::string outside(std::string_view node, BrokerId id, const VersionRange* range)
{
    return range ? fmt::format(
               "{} {} only supports versions {}-{}", node, id.value(), range->min, range->max)
                 : fmt::format("{} {} does not support this feature.", node, id.value());
}

} // namespace

std::string FeatureControl::whyUnsupported(const std::string& feature, std::int16_t level) const
{
    const auto features = supportedFeatures();
    const auto own = std::find_if(features.begin(), features.end(),
        [&](const SupportedFeature& each) { return each.name == feature; });
    if (own == features.end())
        return outside("Local controller", m_node, nullptr);
    // The quorum's own version lies in its log since it began.
    const VersionRange levels = feature == kKraftVersion
        ? VersionRange{own->levels.min, m_image.featureLevel(feature)}
        : own->levels;
    if (!levels.includes(level))
        return outside("Local controller", m_node, &levels);
    for (const auto& [id, broker] : m_image.brokers()) {
        const auto found = broker.features.find(feature);
        if (level != 0 && (found == broker.features.end() || !found->second.includes(level)))
            return outside("Broker", id, found == broker.features.end() ? nullptr : &found->second);
    }
    return {};
}

Result<void> FeatureControl::check(const Update& update, std::int16_t requestVersion) const
{
    const std::int16_t level = update.maxVersionLevel;
    const auto refuse = [&](const std::string& why) {
        return fail(ErrorCode::InvalidUpdateVersion,
            fmt::format(
                "Invalid update version {} for feature {}. {}", level, update.feature, why));
    };
    auto type = static_cast<UpgradeType>(update.upgradeType);
    if (requestVersion < kFirstVersionWithUpgradeType)
        type = update.allowDowngrade ? UpgradeType::UnsafeDowngrade : UpgradeType::Upgrade;
    if (type < UpgradeType::Upgrade || type > UpgradeType::UnsafeDowngrade)
        return refuse("The controller does not support the given upgrade type.");
    if (level < 0)
        return refuse("A feature version cannot be less than 0.");
    if (const std::string why = whyUnsupported(update.feature, level); !why.empty())
        return refuse(why);
    const std::int16_t current = m_image.featureLevel(update.feature);
    if (level < current && type == UpgradeType::Upgrade)
        return refuse("Can't downgrade the version of this feature without setting the upgrade "
                      "type to either safe or unsafe downgrade.");
    if (level > current && type != UpgradeType::Upgrade)
        return refuse("Can't downgrade to a newer version.");
    if (update.feature == kKraftVersion && level < current)
        return refuse("Can't downgrade the version of this feature.");
    if (update.feature == kMetadataVersion && level < current)
        return fail(ErrorCode::InvalidUpdateVersion,
            type == UpgradeType::UnsafeDowngrade
                ? fmt::format("Unsupported metadata.version downgrade from {} to {}. Unsafe "
                              "metadata downgrade is not supported in this version.",
                    current, level)
                : fmt::format("Unsupported metadata.version downgrade from {} to {}. Refusing to "
                              "perform the requested downgrade because it might delete metadata "
                              "information.",
                    current, level));
    return {};
}

Records FeatureControl::recordsOf(const Update& update) const
{
    Records records;
    if (update.feature == kEligibleLeaders && update.maxVersionLevel > 0)
        records = unifyMinInSyncReplicas(m_image, m_settings);
    if (update.maxVersionLevel == m_image.featureLevel(update.feature))
        return records;
    protocol::FeatureLevelRecord record;
    record.name = update.feature;
    record.featureLevel = update.maxVersionLevel;
    records.emplace_back(std::move(record));
    if (update.feature == kEligibleLeaders && update.maxVersionLevel == 0)
        records.emplace_back(protocol::ClearElrRecord{});
    return records;
}

Effect<protocol::UpdateFeaturesResponse> FeatureControl::updateFeatures(
    const protocol::UpdateFeaturesRequest& request, const RequestContext& context) const
{
    Effect<protocol::UpdateFeaturesResponse> effect;
    effect.response.errorMessage.reset();
    for (const Update& update : request.featureUpdates) {
        if (const auto checked = check(update, context.version); !checked) {
            effect.records.clear();
            effect.response.errorCode = errorToWire(checked.error().code);
            effect.response.errorMessage = "The update failed for all features since the "
                                           "following feature had an error: "
                + checked.error().message;
            effect.response.results.clear();
            return effect;
        }
        if (!request.validateOnly) {
            Records records = recordsOf(update);
            std::move(records.begin(), records.end(), std::back_inserter(effect.records));
        }
        if (context.version < kFirstVersionWithoutResults) {
            auto& result = effect.response.results.emplace_back();
            result.feature = update.feature;
            result.errorMessage.reset();
        }
    }
    return effect;
}

} // namespace moldau::controller
