#pragma once

#include "bridge/reply.h"
#include "bridge/session.h"
#include "common/sidesheet.h"

#include <QElapsedTimer>

#include <functional>
#include <memory>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace moldau::widgets {

class Field;
class Label;
class MessageBar;

/**
 * Asks how to reach a cluster that runs somewhere else: a name, addresses, and a client.properties
 * as programs have it. "Test" tries it and says in words what is wrong; "Connect" opens it by the
 * host. The text may hold secrets: they are veiled, never logged and never put into an error.
 */
class ConnectSheet final : public SideSheet {
    Q_OBJECT
public:
    /** Makes a connection to try; nothing is kept of it. */
    using Opener
        = std::function<Result<std::unique_ptr<client::ClusterConnection>>(const ExternalOptions&)>;

    /** `host` outlives the sheet. */
    ConnectSheet(SessionHost& host, Opener opener, QWidget* parent = nullptr);
    ~ConnectSheet() override;

    ExternalOptions options() const;
    void setOptions(const ExternalOptions& options);

signals:
    /** The cluster was asked for; opened() or failed() of the host follows. */
    void connectRequested();

private:
    QWidget* makeFields();
    void check();
    void test();
    void finishTest(Result<client::ClusterDescription> result);
    void connectNow();
    void insertExample(int which);
    static QString explain(const Error& error);

    SessionHost& m_host;
    Opener m_opener;
    QLineEdit* m_name;
    QLineEdit* m_bootstrap;
    Field* m_bootstrapField = nullptr;
    QComboBox* m_example;
    QPlainTextEdit* m_properties;
    Field* m_propertiesField = nullptr;
    Label* m_warnings;
    QCheckBox* m_showsSecrets;
    QCheckBox* m_readOnly;
    Label* m_result;
    QPushButton* m_test;
    QPushButton* m_connect;
    std::unique_ptr<client::ClusterConnection> m_tried;
    LatestRequest m_request;
    QElapsedTimer m_clock;
    QString m_opening; ///< the name that the host is opening for us
};

} // namespace moldau::widgets
