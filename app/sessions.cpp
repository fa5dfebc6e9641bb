#include "sessions.h"

namespace moldau {

namespace {

/** A window without an engine: every way to open a cluster says so. */
class NoEngine final : public widgets::SessionHost {
public:
    QList<widgets::Session*> sessions() const override { return {}; }
    void openLocal() override { refuse(tr("The local cluster")); }
    void openExternal(const widgets::ExternalOptions& options) override { refuse(options.name); }
    void openComposeFile(const QString& path) override { refuse(path); }
    void close(widgets::Session*) override { }
    void resetLocal() override { refuse(tr("The local cluster")); }

private:
    void refuse(const QString& name) { emit failed(name, tr("this build has no engine")); }
};

} // namespace

std::unique_ptr<widgets::SessionHost> makeSessionHost(const HostOptions&)
{
    return std::make_unique<NoEngine>();
}

} // namespace moldau
