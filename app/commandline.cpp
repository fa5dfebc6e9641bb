#include "commandline.h"

#include <QCommandLineParser>
#include <QRegularExpression>

namespace moldau {

using namespace Qt::Literals::StringLiterals;

namespace {

/** The parser knows the options; CommandLine what they mean. */
void addOptions(QCommandLineParser& parser)
{
    parser.setApplicationDescription(
        u"Moldau starts a Kafka-compatible cluster, attaches to others, and shows what they do.\n"
        "Without arguments: a local cluster of three brokers, or what was open last time."_s);
    parser.addOptions({
        {{u"h"_s, u"help"_s}, u"Show this help."_s},
        {{u"v"_s, u"version"_s}, u"Show the version."_s},
        {u"bootstrap"_s, u"Attach to the cluster at these addresses."_s, u"HOST:PORT,…"_s},
        {u"properties"_s, u"Client settings for it, as Kafka's tools read them."_s, u"FILE"_s},
        {u"language"_s, u"en or ko."_s, u"LANGUAGE"_s},
        {u"theme"_s, u"light, dark or system."_s, u"THEME"_s},
        {u"present"_s, u"Everything up to half as large again, for a projector."_s},
        {u"data"_s, u"Where the local cluster keeps its data."_s, u"DIRECTORY"_s},
        {u"first-port"_s,
            u"Its brokers listen from this port on; 19092 by default, 0 takes free ones."_s,
            u"PORT"_s},
        {u"controllers"_s,
            u"How many controllers a new local cluster gets: 1 (the default), 3, 5 …"_s, u"N"_s},
        {u"page"_s,
            u"Open this page: live, topics, messages, groups, brokers, metrics, compose; and a "
            u"thing there: "
            u"topics:new, topics:topic=orders, messages:topic=orders,offset=0, groups:group=billing."_s,
            u"NAME[:THING=VALUE,…]"_s},
        {u"screenshot"_s, u"Save what the window shows to a PNG file, then quit."_s, u"FILE"_s},
        {u"after"_s, u"Wait so long before that; 1500 by default."_s, u"MILLISECONDS"_s},
        {u"size"_s, u"The window's size."_s, u"WIDTHxHEIGHT"_s},
    });
    parser.addPositionalArgument(u"FILE.yaml"_s, u"Open this compose file."_s, u"[FILE.yaml]"_s);
}

/** "messages:topic=orders,offset=0": a page and what to show there. */
void readPage(const QString& text, CommandLine& line)
{
    line.page = text.section(u':', 0, 0).toLower();
    for (const QString& thing : text.section(u':', 1).split(u',', Qt::SkipEmptyParts)) {
        const QString name = thing.section(u'=', 0, 0);
        line.pageThings[name]
            = thing.contains(u'=') ? QVariant(thing.section(u'=', 1)) : QVariant(true);
    }
}

} // namespace

CommandLine CommandLine::parse(const QStringList& arguments)
{
    QCommandLineParser parser;
    addOptions(parser);
    CommandLine line;
    if (!parser.parse(arguments)) {
        line.error = parser.errorText();
        return line;
    }
    line.wantsHelp = parser.isSet(u"help"_s);
    line.wantsVersion = parser.isSet(u"version"_s);
    line.bootstrap = parser.value(u"bootstrap"_s);
    line.propertiesFile = parser.value(u"properties"_s);
    line.language = parser.value(u"language"_s);
    line.theme = parser.value(u"theme"_s);
    readPage(parser.value(u"page"_s), line);
    line.dataDirectory = parser.value(u"data"_s);
    line.isPresenting = parser.isSet(u"present"_s);
    line.screenshot = parser.value(u"screenshot"_s);
    line.composeFile = parser.positionalArguments().value(0);

    if (parser.positionalArguments().size() > 1)
        line.error
            = u"only one file can be opened: %1"_s.arg(parser.positionalArguments().join(u' '));
    else if (!line.language.isEmpty() && line.language != u"en"_s && line.language != u"ko"_s)
        line.error = u"--language is en or ko, not '%1'"_s.arg(line.language);
    else if (!line.theme.isEmpty() && line.theme != u"light"_s && line.theme != u"dark"_s
        && line.theme != u"system"_s)
        line.error = u"--theme is light, dark or system, not '%1'"_s.arg(line.theme);
    else if (!line.propertiesFile.isEmpty() && line.bootstrap.isEmpty())
        line.error = u"--properties needs --bootstrap"_s;
    if (parser.isSet(u"first-port"_s)) {
        bool isNumber = false;
        line.firstPort = parser.value(u"first-port"_s).toInt(&isNumber);
        if (!isNumber || line.firstPort < 0 || line.firstPort > 65'535)
            line.error
                = u"--first-port is a port or 0, not '%1'"_s.arg(parser.value(u"first-port"_s));
    }
    if (parser.isSet(u"controllers"_s)) {
        line.controllers = parser.value(u"controllers"_s).toInt();
        if (line.controllers < 1 || line.controllers > 9 || line.controllers % 2 == 0)
            line.error = u"--controllers is 1, 3, 5, 7 or 9, not '%1'"_s.arg(
                parser.value(u"controllers"_s));
    }
    if (parser.isSet(u"after"_s)) {
        bool isNumber = false;
        line.screenshotAfterMs = parser.value(u"after"_s).toInt(&isNumber);
        if (!isNumber || line.screenshotAfterMs < 0)
            line.error
                = u"--after is a number of milliseconds, not '%1'"_s.arg(parser.value(u"after"_s));
    }
    if (parser.isSet(u"size"_s)) {
        static const QRegularExpression form(u"^(\\d{3,5})x(\\d{3,5})$"_s);
        const QRegularExpressionMatch match = form.match(parser.value(u"size"_s));
        if (match.hasMatch())
            line.size = QSize(match.captured(1).toInt(), match.captured(2).toInt());
        else
            line.error
                = u"--size is WIDTHxHEIGHT, as 1440x900, not '%1'"_s.arg(parser.value(u"size"_s));
    }
    return line;
}

QString CommandLine::helpText()
{
    QCommandLineParser parser;
    addOptions(parser);
    return parser.helpText();
}

} // namespace moldau
