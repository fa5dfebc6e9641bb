#pragma once

#include <QSize>
#include <QString>
#include <QStringList>
#include <QVariantMap>

#include <optional>

namespace moldau {

/** What the user asked for on the command line; see --help. */
struct CommandLine {
    QString composeFile;
    QString bootstrap;
    QString propertiesFile;
    QString language; ///< "en", "ko" or empty: as set, else as the system
    QString theme; ///< "light", "dark", "system" or empty: as set
    QString page; ///< a page's id, or empty
    QVariantMap pageThings; ///< what to show there: {"topic": "orders"}
    QString dataDirectory;
    int firstPort = 19092; ///< of the local cluster; 0: free ones
    int controllers = 1; ///< of the local cluster
    bool isPresenting = false;
    QString screenshot; ///< a file to save the window's picture to, then quit
    int screenshotAfterMs = 1500;
    std::optional<QSize> size;

    /** What a wrong command line is told; empty where it is right. */
    QString error;
    bool wantsHelp = false;
    bool wantsVersion = false;

    static CommandLine parse(const QStringList& arguments);
    static QString helpText();
};

} // namespace moldau
