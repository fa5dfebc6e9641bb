#pragma once

#include "bridge/session.h"

namespace moldau::test {

/** A host that remembers what it was asked for. */
class RememberingHost final : public widgets::SessionHost {
public:
    QList<widgets::Session*> sessions() const override { return {}; }
    void openLocal() override { }
    void openExternal(const widgets::ExternalOptions& options) override
    {
        externals.append(options);
    }
    void openComposeFile(const QString& path) override { files.append(path); }
    void close(widgets::Session* session) override { closed.append(session); }
    void resetLocal() override { }

    QList<widgets::ExternalOptions> externals;
    QStringList files;
    QList<widgets::Session*> closed;
};

} // namespace moldau::test
