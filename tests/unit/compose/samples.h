#pragma once

#include <QFile>
#include <QTest>

#include <string>

/** The text of a file in resources/compose. */
inline std::string sample(const char* name)
{
    QFile file(QString::fromLatin1(MOLDAU_COMPOSE_SAMPLES) + u'/' + QString::fromLatin1(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no sample %s", name);
    return file.readAll().toStdString();
}
