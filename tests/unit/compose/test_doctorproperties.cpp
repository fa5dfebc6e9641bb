#include "compose/doctor.h"
#include "compose/project.h"
#include "samples.h"

#include <QTest>
#include <rapidcheck.h>

using namespace moldau::compose;

namespace {

const std::vector<std::string>& samples()
{
    static const std::vector<std::string> texts{sample("one-broker-zookeeper.yaml"),
        sample("mistake-tabs.yaml"), sample("mistake-misspelt-variable.yaml"),
        sample("three-brokers-kraft.yaml"), sample("with-connect-and-registry.yaml")};
    return texts;
}

/** A sample with a few bytes or pieces changed, left out or doubled. */
rc::Gen<std::string> brokenSamples()
{
    return rc::gen::exec([] {
        std::string text = *rc::gen::elementOf(samples());
        const int changes = *rc::gen::inRange(1, 8);
        for (int i = 0; i < changes; ++i) {
            const auto size = static_cast<int>(text.size());
            const auto at = static_cast<std::size_t>(*rc::gen::inRange(0, size + 1));
            const auto length
                = std::min(text.size() - at, static_cast<std::size_t>(*rc::gen::inRange(0, 30)));
            const std::string piece
                = *rc::gen::elementOf(std::vector<std::string>{"", "\t", "\n", ":", " ", "'", "\"",
                    "[", "{", "}", "&a ", "*a", "<<: ", "|", "- ", "$", "${", "#", "://", ",",
                    "localhost", "%", "!", "\xff", "\xed\x95\x9c", text.substr(at, length)});
            text.replace(at, *rc::gen::inRange(0, 2) == 0 ? length : 0, piece);
        }
        return text;
    });
}

/** Nothing may throw, places must exist, and repairing must come to an end. */
void checkText(const std::string& text)
{
    const Diagnosis diagnosis = examine(text, {});
    const LineIndex lines(text);
    for (const Finding& finding : diagnosis.findings) {
        RC_ASSERT(finding.position.line >= 1 && finding.position.line <= lines.lineCount());
        RC_ASSERT(finding.position.column >= 1);
        RC_ASSERT(!finding.message.isEmpty() && finding.code.starts_with("MLD"));
    }
    RC_ASSERT(!toJson(diagnosis.findings).empty());
    const std::string once = repaired(text, {});
    RC_ASSERT(repaired(once, {}) == once);
    if (!diagnosis.hasErrors())
        RC_ASSERT(loadProject(text, {}).has_value());
}

} // namespace

class TestDoctorProperties : public QObject {
    Q_OBJECT
private slots:
    void anyBytesAreExamined()
    {
        QVERIFY(rc::check("any bytes", [](const std::string& text) { checkText(text); }));
    }
    void brokenFilesAreExaminedAndRepairedOnce()
    {
        QVERIFY(rc::check("broken files", [] { checkText(*brokenSamples()); }));
    }
    void deepNestingIsNoDanger()
    {
        for (const char* piece : {"[", "{a: ", "- ", "? ", "&a [*a, "}) {
            std::string text = "services: ";
            for (int i = 0; i < 20'000; ++i)
                text += piece;
            examine(text, {});
        }
    }
};

QTEST_APPLESS_MAIN(TestDoctorProperties)
#include "test_doctorproperties.moc"
