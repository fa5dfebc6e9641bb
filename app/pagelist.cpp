#include "pagelist.h"

#include "client/rdkafkaconnection.h"
#include "panes/brokerspage.h"
#include "panes/composepage.h"
#include "panes/connectsheet.h"
#include "panes/groupspage.h"
#include "panes/livepage.h"
#include "panes/messagespage.h"
#include "panes/metricspage.h"
#include "panes/topicspage.h"

#include <QCoreApplication>
#include <QDialog>
#include <QVBoxLayout>

namespace moldau {

using namespace Qt::Literals::StringLiterals;
using widgets::PageContext;

std::vector<PageEntry> makePageList()
{
    const auto titled
        = [](const char* title) { return QCoreApplication::translate("Pages", title); };
    std::vector<PageEntry> pages;
    pages.push_back({u"live"_s, titled(QT_TRANSLATE_NOOP("Pages", "Live")), PageSection::Cluster, 1,
        true, [](const PageContext& context, QWidget* parent) {
            return new widgets::LivePage(*context.session, parent);
        }});
    pages.push_back({u"topics"_s, titled(QT_TRANSLATE_NOOP("Pages", "Topics")),
        PageSection::Cluster, 2, true, [](const PageContext& context, QWidget* parent) {
            return new widgets::TopicsPage(*context.session, parent);
        }});
    pages.push_back({u"messages"_s, titled(QT_TRANSLATE_NOOP("Pages", "Messages")),
        PageSection::Cluster, 3, true, [](const PageContext& context, QWidget* parent) {
            return new widgets::MessagesPage(*context.session, parent);
        }});
    pages.push_back({u"groups"_s, titled(QT_TRANSLATE_NOOP("Pages", "Groups")),
        PageSection::Cluster, 4, true, [](const PageContext& context, QWidget* parent) {
            return new widgets::GroupsPage(*context.session, parent);
        }});
    pages.push_back({u"brokers"_s, titled(QT_TRANSLATE_NOOP("Pages", "Brokers")),
        PageSection::Cluster, 5, true, [](const PageContext& context, QWidget* parent) {
            return new widgets::BrokersPage(*context.session, parent);
        }});
    pages.push_back({u"metrics"_s, titled(QT_TRANSLATE_NOOP("Pages", "Metrics")),
        PageSection::Cluster, 7, true, [](const PageContext& context, QWidget* parent) {
            return new widgets::MetricsPage(*context.session, parent);
        }});
    pages.push_back({u"compose"_s, titled(QT_TRANSLATE_NOOP("Pages", "Compose")),
        PageSection::Learn, 0, false, [](const PageContext& context, QWidget* parent) {
            return new widgets::ComposePage(context.host, parent);
        }});
    return pages;
}

std::function<void(widgets::SessionHost&, QWidget*)> makeConnectDialog()
{
    return [](widgets::SessionHost& host, QWidget* window) {
        auto* dialog = new QDialog(window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setObjectName(u"connectDialog"_s);
        dialog->setWindowTitle(QCoreApplication::translate("Pages", "Connect to a cluster"));
        const auto open = [](const widgets::ExternalOptions& options)
            -> Result<std::unique_ptr<client::ClusterConnection>> {
            client::ConnectionOptions connection;
            connection.bootstrap = options.bootstrap.toStdString();
            connection.properties = options.properties.toStdString();
            auto made = client::RdKafkaConnection::open(std::move(connection));
            if (!made)
                return tl::unexpected(made.error());
            return std::move(*made);
        };
        auto* sheet = new widgets::ConnectSheet(host, open, dialog);
        auto* layout = new QVBoxLayout(dialog);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(sheet);
        QObject::connect(sheet, &widgets::ConnectSheet::closed, dialog, &QDialog::close);
        QObject::connect(&host, &widgets::SessionHost::opened, dialog, &QDialog::accept);
        dialog->resize(460, 640);
        dialog->open();
    };
}

} // namespace moldau
