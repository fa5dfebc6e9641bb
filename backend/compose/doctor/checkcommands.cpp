#include "compose/doctor/examination.h"

#include "compose/editing.h"
#include "compose/spelling.h"

#include <algorithm>

#include <fmt/format.h>

namespace moldau::compose {

namespace {

const std::vector<std::string>& toolNames()
{
    static const std::vector<std::string> names{"connect-distributed", "connect-mirror-maker",
        "connect-plugin-path", "connect-standalone", "kafka-acls", "kafka-broker-api-versions",
        "kafka-client-metrics", "kafka-cluster", "kafka-configs", "kafka-console-consumer",
        "kafka-console-producer", "kafka-console-share-consumer", "kafka-consumer-groups",
        "kafka-consumer-perf-test", "kafka-delegation-tokens", "kafka-delete-records",
        "kafka-dump-log", "kafka-e2e-latency", "kafka-features", "kafka-get-offsets",
        "kafka-groups", "kafka-jmx", "kafka-leader-election", "kafka-log-dirs",
        "kafka-metadata-quorum", "kafka-metadata-shell", "kafka-mirror-maker",
        "kafka-preferred-replica-election", "kafka-producer-perf-test", "kafka-reassign-partitions",
        "kafka-replica-verification", "kafka-rest-start", "kafka-run-class", "kafka-server-start",
        "kafka-server-stop", "kafka-share-groups", "kafka-storage",
        "kafka-streams-application-reset", "kafka-streams-groups", "kafka-topics",
        "kafka-transactions", "kafka-verifiable-consumer", "kafka-verifiable-producer",
        "kafka-verifiable-share-consumer", "zookeeper-server-start", "zookeeper-server-stop",
        "zookeeper-shell"};
    return names;
}

/** A word of a command line, with the scalar that it stands in. */
struct Word {
    std::string_view text;
    const ComposeText* in = nullptr;
};

/** Shell lines hold several words in one scalar. */
std::vector<Word> wordsOf(const std::vector<ComposeText>& scalars)
{
    constexpr std::string_view kSeparators = " \t\r\n;|&()\"'`";
    std::vector<Word> words;
    for (const ComposeText& scalar : scalars) {
        const std::string_view text = scalar.text;
        for (std::size_t start = text.find_first_not_of(kSeparators);
             start != std::string_view::npos;) {
            const std::size_t end = std::min(text.find_first_of(kSeparators, start), text.size());
            words.push_back({text.substr(start, end - start), &scalar});
            start = text.find_first_not_of(kSeparators, end);
        }
    }
    return words;
}

/** "kafka-topics" of "/opt/kafka/bin/kafka-topics.sh". */
std::string_view toolOf(std::string_view word)
{
    if (const std::size_t slash = word.rfind('/'); slash != std::string_view::npos)
        word.remove_prefix(slash + 1);
    if (word.ends_with(".sh"))
        word.remove_suffix(3);
    return word;
}

void fixWord(Examination& examination, Finding& finding, const Word& word, std::string_view wrong,
    std::string_view better)
{
    finding.fix = say("write {}", better);
    const YamlNode& node = *word.in->node;
    const std::size_t at = node.value.find(wrong);
    if (at == std::string::npos || node.value.find('$') != std::string::npos)
        return;
    if (const auto edit
        = replaceInScalar(examination.findings().text(), node, at, wrong.size(), better))
        finding.edits.push_back(*edit);
}

void checkTools(Examination& examination, const Patient& patient, const std::vector<Word>& words)
{
    const auto& known = toolNames();
    std::string_view tool;
    for (const Word& word : words) {
        const std::string_view name = toolOf(word.text);
        const bool isTool = std::ranges::find(known, name) != known.end();
        if (isTool) {
            tool = name;
            continue;
        }
        const bool looksLikeTool = name.starts_with("kafka-") || name.starts_with("zookeeper-")
            || name.starts_with("kafak-");
        const bool isHost
            = word.text.find(':') != std::string_view::npos || examination.isKnownHost(name);
        if (const auto meant = looksLikeTool && !isHost ? meantWord(name, known) : std::nullopt) {
            Finding& finding = examination.findings().add(word.in->node, Severity::Warning,
                "MLD051", say("there is no tool {}: did you mean {}?", name, *meant));
            fixWord(examination, finding, word, name, *meant);
            tool = *meant;
        }
        const bool isOldBrokerList
            = word.text == "--broker-list" && tool == "kafka-console-producer";
        const bool isOldZooKeeper = word.text == "--zookeeper" && tool.starts_with("kafka-")
            && patient.image.kafkaMajor.value_or(4) >= 3;
        if (isOldBrokerList || isOldZooKeeper) {
            Finding& finding
                = examination.findings().add(word.in->node, Severity::Warning, "MLD052",
                    say("{} of {} is outdated: --bootstrap-server HOST:PORT takes its place",
                        word.text, tool));
            if (isOldBrokerList)
                fixWord(examination, finding, word, "--broker-list", "--bootstrap-server");
        }
    }
}

void checkHealthTest(Examination& examination, const Patient& patient)
{
    const std::vector<std::string> kKinds{"CMD", "CMD-SHELL", "NONE"};
    const ComposeService& service = patient.source;
    if (!service.isHealthTestList || service.healthTest.empty())
        return;
    const ComposeText& first = service.healthTest.front();
    if (std::ranges::find(kKinds, first.text) != kKinds.end())
        return;
    const auto meant = meantWord(first.text, kKinds);
    Finding& finding = examination.findings().add(first.node, Severity::Error, "MLD050",
        say("healthcheck.test must start either by \"CMD\", \"CMD-SHELL\" or \"NONE\"{}",
            meant ? say(": did you mean {}?", *meant) : Sentence()));
    if (meant)
        fixWord(examination, finding, {first.text, &first}, first.text, *meant);
}

} // namespace

void checkCommands(Examination& examination)
{
    for (const Patient& patient : examination.patients()) {
        checkHealthTest(examination, patient);
        checkTools(examination, patient, wordsOf(patient.source.command));
        checkTools(examination, patient, wordsOf(patient.source.healthTest));
    }
}

} // namespace moldau::compose
