#pragma once

#include "bridge/session.h"
#include "sessions.h"

#include <QHash>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace moldau {

class EngineSession;

/**
 * Opens clusters with the engine: embedded ones on threads of this process, external ones by their
 * addresses. Lives on the GUI thread; starting and stopping run in the background and report back.
 */
class EngineHost final : public widgets::SessionHost {
    Q_OBJECT
public:
    explicit EngineHost(HostOptions options);
    ~EngineHost() override;

    QList<widgets::Session*> sessions() const override;
    void openLocal() override;
    void openExternal(const widgets::ExternalOptions& options) override;
    void openComposeFile(const QString& path) override;
    void close(widgets::Session* session) override;
    void resetLocal() override;

private:
    /** A cluster whose nodes are stopping. Its data are free once it has gone. */
    struct Ending;

    void opened(std::unique_ptr<EngineSession> session);
    void startEmbedded(std::unique_ptr<EngineSession> session);
    /** Takes the session out, stops it in the background, then calls `done` on this thread. */
    void end(widgets::Session* session, std::function<void()> done);
    void ended(Ending* ending);
    /**
     * True where the cluster with this directory is open, comes or goes already. Two on the same
     * data would ruin them: an open one is shown, one that goes is waited for, then `again` called.
     */
    bool isTaken(const std::string& directory, const QString& name, std::function<void()> again);
    std::vector<std::unique_ptr<EngineSession>>::iterator find(const widgets::Session* session);

    HostOptions m_options;
    std::vector<std::unique_ptr<EngineSession>> m_open;
    std::vector<std::unique_ptr<EngineSession>> m_starting;
    std::vector<std::unique_ptr<Ending>> m_ending;
    std::map<std::string, std::function<void()>>
        m_waiting; // for the end of what has this directory
};

} // namespace moldau
