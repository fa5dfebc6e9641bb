#pragma once

#include "client/clusterconnection.h"
#include "models/messagefilter.h"
#include "models/rangeread.h"
#include "models/rowlayout.h"

#include <QObject>
#include <QSaveFile>

#include <memory>
#include <optional>

namespace moldau::widgets {

/**
 * Writes records to a file, whole and exact, block by block: JSON lines (a value that is JSON stays
 * the text that was sent, bytes that are no text are base64) or CSV. The file appears when it is
 * complete. Destroying it cancels. Owned by the page; GUI thread.
 */
class MessageExport final : public QObject {
    Q_OBJECT
public:
    enum class Format { JsonLines, Csv };

    /** `filter` may be null. Starts at once; finished() or failed() follows later. */
    MessageExport(client::ClusterConnection& connection, std::string topic, RowLayout layout,
        std::shared_ptr<MessageFilter> filter, const QString& path, Format format, QObject* parent);
    ~MessageExport() override;

    std::int64_t written() const { return m_written; }
    /** Of the offsets to look at, from 0 to 1. */
    double share() const;
    QString path() const { return m_file.fileName(); }

    static std::string jsonLine(const client::Record& record);
    static std::string csvLine(const client::Record& record);
    static std::string csvHeader() { return "partition,offset,timestamp,key,value\n"; }

signals:
    void progressed();
    void finished();
    void failed(const QString& reason);

private:
    void next();
    void takeBlock();

    client::ClusterConnection& m_connection;
    const std::string m_topic;
    const RowLayout m_layout;
    const std::shared_ptr<MessageFilter> m_filter;
    const Format m_format;
    QSaveFile m_file;
    std::unique_ptr<RangeRead> m_block;
    std::int64_t m_done = 0; // rows of the layout
    std::int64_t m_blockRows = 0;
    std::int64_t m_written = 0;
};

} // namespace moldau::widgets
