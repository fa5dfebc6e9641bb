#pragma once

#include "bridge/session.h"
#include "sessions.h"

#include <QHash>

#include <functional>
#include <memory>
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
    void opened(std::unique_ptr<EngineSession> session);
    void startEmbedded(std::unique_ptr<EngineSession> session);
    /** Takes the session out, stops it in the background, then calls `done` on this thread. */
    void end(widgets::Session* session, std::function<void()> done);
    std::vector<std::unique_ptr<EngineSession>>::iterator find(const widgets::Session* session);

    HostOptions m_options;
    std::vector<std::unique_ptr<EngineSession>> m_open;
    std::vector<std::unique_ptr<EngineSession>> m_starting;
};

} // namespace moldau
