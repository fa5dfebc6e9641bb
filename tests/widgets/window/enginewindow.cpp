#include "enginewindow.h"

#include "sessions.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

namespace moldau::tests {

using namespace Qt::Literals::StringLiterals;

EngineWindow::EngineWindow(Cluster cluster)
{
    // The engine and the settings find their places by these.
    for (const char* variable :
        {"XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"})
        qputenv(variable, m_folder.path().toLocal8Bit());
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    QSettings::setDefaultFormat(QSettings::IniFormat);
    HostOptions options;
    options.dataDirectory = m_folder.filePath(u"local"_s);
    options.firstPort = 0;
    options.controllers = cluster == Cluster::ThreeControllers ? 3 : 1;
    m_host = makeSessionHost(options);
    m_settings = std::make_unique<Settings>();
    m_settings->overrideTheme(ThemeChoice::Light);
    m_settings->overrideLanguage(u"en"_s);
    m_keeper = std::make_unique<WindowKeeper>(*m_host, *m_settings);
    CommandLine line;
    line.size = QSize(1440, 900);
    m_keeper->show(line);
    if (cluster != Cluster::None)
        m_host->openLocal();
}

EngineWindow::~EngineWindow()
{
    m_keeper.reset();
    m_host.reset();
}

bool EngineWindow::isReady(const QString& topic, int partitions, int replicas) const
{
    const auto& topics = session()->description().topics;
    const auto found = std::find_if(topics.begin(), topics.end(),
        [&](const client::TopicDescription& known) { return known.name == topic.toStdString(); });
    if (found == topics.end() || found->partitions.size() != static_cast<std::size_t>(partitions))
        return false;
    return std::all_of(found->partitions.begin(), found->partitions.end(),
        [&](const client::PartitionDescription& partition) {
            return partition.leader != kNoBroker
                && partition.inSync.size() == static_cast<std::size_t>(replicas);
        });
}

int freePort()
{
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0)
        ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(socket);
    return ntohs(address.sin_port);
}

} // namespace moldau::tests
