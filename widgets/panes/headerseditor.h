#pragma once

#include "client/clusterconnection.h"

#include <QWidget>

#include <vector>

class QLineEdit;
class QVBoxLayout;

namespace moldau::widgets {

/** Rows of header names and values; a row without a name doesn't count. */
class HeadersEditor : public QWidget {
    Q_OBJECT
public:
    explicit HeadersEditor(QWidget* parent = nullptr);

    std::vector<client::Header> headers() const;
    void addRow(const QString& key = {}, const QString& value = {});

signals:
    void changed();

private:
    struct Row {
        QWidget* widget;
        QLineEdit* key;
        QLineEdit* value;
    };

    std::vector<Row> m_rows;
    QVBoxLayout* m_layout;
};

} // namespace moldau::widgets
