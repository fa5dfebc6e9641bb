// moldau: the desktop program.

#include "base/openfiles.h"
#include "commandline.h"
#include "sessions.h"
#include "settings.h"
#include "windowkeeper.h"

#include <QApplication>
#include <QFile>

using namespace Qt::Literals::StringLiterals;

int main(int argc, char** argv)
{
    moldau::allowAllOpenFiles();
    // Help and wrong usage must not need a display.
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    const moldau::CommandLine line = moldau::CommandLine::parse(arguments);
    if (!line.error.isEmpty()) {
        fprintf(stderr, "moldau: error: %s\nmoldau --help says more\n", qPrintable(line.error));
        return 2;
    }
    if (line.wantsVersion) {
        printf("moldau %s\n", MOLDAU_VERSION);
        return 0;
    }
    if (line.wantsHelp) {
        QCoreApplication console(argc, argv);
        fputs(qPrintable(moldau::CommandLine::helpText()), stdout);
        return 0;
    }
    QString properties;
    if (!line.propertiesFile.isEmpty()) {
        QFile file(line.propertiesFile);
        if (!file.open(QIODevice::ReadOnly)) {
            fprintf(stderr, "moldau: error: can't read %s: %s\n", qPrintable(line.propertiesFile),
                qPrintable(file.errorString()));
            return 2;
        }
        properties = QString::fromUtf8(file.readAll());
    }
    if (!line.composeFile.isEmpty() && !QFile::exists(line.composeFile)) {
        fprintf(stderr, "moldau: error: no such file: %s\n", qPrintable(line.composeFile));
        return 2;
    }

    QApplication application(argc, argv);
    QApplication::setApplicationName(u"moldau"_s);
    QApplication::setOrganizationName(u"moldau"_s);
    QApplication::setApplicationDisplayName(u"Moldau"_s);
    QApplication::setApplicationVersion(QStringLiteral(MOLDAU_VERSION));
    QApplication::setDesktopFileName(u"moldau"_s);
    QSettings::setDefaultFormat(QSettings::IniFormat);

    moldau::Settings settings;
    if (!line.theme.isEmpty())
        settings.overrideTheme(line.theme == u"dark"_s ? moldau::ThemeChoice::Dark
                : line.theme == u"light"_s             ? moldau::ThemeChoice::Light
                                                       : moldau::ThemeChoice::System);
    if (!line.language.isEmpty())
        settings.overrideLanguage(line.language);
    if (line.isPresenting)
        settings.overridePresenting(true);

    const auto host
        = moldau::makeSessionHost({line.dataDirectory, line.firstPort, line.controllers});
    moldau::WindowKeeper keeper(*host, settings);
    keeper.show(line);
    if (!line.bootstrap.isEmpty())
        host->openExternal({line.bootstrap, line.bootstrap, properties, false});
    else if (line.composeFile.isEmpty())
        host->openLocal();
    return QApplication::exec();
}
