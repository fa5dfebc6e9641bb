#include "base/memoryfilesystem.h"
#include "base/posixfilesystem.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <fstream>

using namespace moldau;

namespace {

std::string textOf(FileSystem& files, const std::string& path)
{
    auto bytes = readFile(files, path);
    return bytes ? std::string(asText(*bytes)) : "missing";
}

std::shared_ptr<File> create(FileSystem& files, const std::string& path, std::string_view text = {})
{
    auto file = files.open(path, OpenMode::Create);
    if (!file || !(*file)->writeAt(0, asBytes(text)))
        qFatal("cannot prepare %s", path.c_str());
    return *file;
}

} // namespace

/** Every test of the interface runs on both implementations. */
class TestFileSystem : public QObject {
    Q_OBJECT
    QTemporaryDir m_directory;
    PosixFileSystem m_posix;
    std::unique_ptr<MemoryFileSystem> m_memory;
    FileSystem* m_files = nullptr;
    std::string m_path;

    static void addBoth()
    {
        QTest::addColumn<bool>("isReal");
        QTest::newRow("disk") << true;
        QTest::newRow("memory") << false;
    }
    void choose()
    {
        QFETCH(bool, isReal);
        m_memory = std::make_unique<MemoryFileSystem>();
        m_files = isReal ? static_cast<FileSystem*>(&m_posix) : m_memory.get();
        m_path = m_directory.path().toStdString() + "/" + QTest::currentTestFunction();
        QVERIFY(m_files->createDirectories(m_path));
    }

private slots:
    void partsAreWrittenOneAfterTheOther_data() { addBoth(); }
    void partsAreWrittenOneAfterTheOther()
    {
        choose();
        auto file = create(*m_files, m_path + "/a", "12");
        std::vector<BytesView> parts;
        std::string expected = "1";
        std::string word = "word";
        for (int i = 0; i < 300; ++i) {
            parts.push_back(asBytes(word).first(static_cast<std::size_t>(i % 5)));
            expected += word.substr(0, static_cast<std::size_t>(i % 5));
        }
        QVERIFY(file->writeAt(1, parts));
        QCOMPARE(textOf(*m_files, m_path + "/a"), expected);
        QCOMPARE(file->size(), expected.size());
        QCOMPARE(m_files->sizeOf(m_path + "/a").value(), expected.size());
    }

    void aReadStopsAtTheEnd_data() { addBoth(); }
    void aReadStopsAtTheEnd()
    {
        choose();
        auto file = create(*m_files, m_path + "/a", "hello");
        Bytes buffer(10);
        QCOMPARE(file->readAt(3, buffer).value(), std::size_t(2));
        QCOMPARE(file->readAt(9, buffer).value(), std::size_t(0));
        QVERIFY(!file->view(3, 3));
        QCOMPARE(std::string(asText(file->view(3, 2).value().bytes)), std::string("lo"));
    }

    void aViewKeepsItsBytesWhateverHappensToTheFile_data() { addBoth(); }
    void aViewKeepsItsBytesWhateverHappensToTheFile()
    {
        choose();
        const std::string before(3'000'000, 'a');
        auto file = create(*m_files, m_path + "/a", before);
        const Slice whole = file->view(0, before.size()).value();
        const Slice middle = file->view(1'000'000, 10'000).value();
        file->releaseViews();
        const Slice again = file->view(5, 100'000).value();

        QVERIFY(file->truncate(1'003'333));
        QVERIFY(file->writeAt(1'003'333, asBytes(std::string(500'000, 'b'))));
        QCOMPARE(asText(whole.bytes), std::string_view(before));
        QCOMPARE(asText(middle.bytes), std::string_view(before).substr(0, 10'000));
        const Slice mixed = file->view(1'003'330, 5000).value();
        QCOMPARE(std::string(asText(mixed.bytes.first(6))), std::string("aaabbb"));

        QVERIFY(file->truncate(0));
        QVERIFY(m_files->remove(m_path + "/a"));
        file.reset();
        QCOMPARE(asText(whole.bytes), std::string_view(before));
        QCOMPARE(asText(again.bytes), std::string_view(before).substr(0, 100'000));
        QCOMPARE(std::string(asText(mixed.bytes.first(6))), std::string("aaabbb"));
    }

    void readingALargeFileDoesNotFillTheMemory()
    {
        const auto mapped = [] { // MB of files that count as this process's memory
            std::ifstream status("/proc/self/status");
            for (std::string word; status >> word;) {
                if (word == "RssFile:")
                    return status >> word ? std::stoi(word) / 1024 : -1;
            }
            return -1;
        };
        const QTemporaryDir folder;
        PosixFileSystem files;
        constexpr std::size_t kPiece = 256 * 1024;
        constexpr int kPieces = 256;
        auto file = create(files, folder.filePath(QStringLiteral("a")).toStdString());
        const Bytes piece(kPiece, 'a');
        for (int i = 0; i < kPieces; ++i)
            QVERIFY(file->writeAt(file->size(), piece));
        const int before = mapped();
        QVERIFY(before > 0);
        for (std::size_t i = 0; i < kPieces; ++i) {
            const Slice seen = file->view(i * kPiece, kPiece).value();
            QCOMPARE(std::count(seen.bytes.begin(), seen.bytes.end(), 'a'), std::ptrdiff_t(kPiece));
            QVERIFY2(mapped() - before < 8, qPrintable(QString::number(mapped())));
        }
    }

    void viewsFollowAGrowingFile_data() { addBoth(); }
    void viewsFollowAGrowingFile()
    {
        choose();
        auto file = create(*m_files, m_path + "/a");
        std::string expected;
        for (int i = 0; i < 50; ++i) {
            const std::string chunk(5001, static_cast<char>('a' + i % 26));
            QVERIFY(file->writeAt(expected.size(), asBytes(chunk)));
            expected += chunk;
            QCOMPARE(
                asText(file->view(0, expected.size()).value().bytes), std::string_view(expected));
            QCOMPARE(asText(file->view(expected.size() - 5000, 5000).value().bytes),
                std::string_view(chunk).substr(1));
        }
    }

    void namesAreListedRenamedAndRemoved_data() { addBoth(); }
    void namesAreListedRenamedAndRemoved()
    {
        choose();
        QVERIFY(m_files->createDirectories(m_path + "/x/y"));
        QVERIFY(m_files->createDirectories(m_path + "/x/y"));
        create(*m_files, m_path + "/x/b", "b");
        create(*m_files, m_path + "/x/y/c", "c");
        const std::vector<DirectoryEntry> expected{{"b", false}, {"y", true}};
        QVERIFY(m_files->list(m_path + "/x").value() == expected);
        QVERIFY(m_files->rename(m_path + "/x", m_path + "/z"));
        QVERIFY(!m_files->exists(m_path + "/x"));
        QCOMPARE(textOf(*m_files, m_path + "/z/y/c"), std::string("c"));
        QVERIFY(m_files->remove(m_path + "/z/nothing"));
        QVERIFY(m_files->removeTree(m_path + "/z"));
        QVERIFY(m_files->removeTree(m_path + "/z"));
        QVERIFY(!m_files->exists(m_path + "/z"));
        QVERIFY(m_files->list(m_path + "/z").error().code == ErrorCode::LocalNotFound);
        const auto missing = m_files->open(m_path + "/z", OpenMode::ReadWrite);
        QVERIFY(missing.error().code == ErrorCode::LocalNotFound);
        QVERIFY(missing.error().message.find(m_path + "/z") != std::string::npos);
    }

    void aLockKeepsOthersOutUntilItsEnd_data() { addBoth(); }
    void aLockKeepsOthersOutUntilItsEnd()
    {
        choose();
        auto lock = m_files->lock(m_path + "/.lock");
        QVERIFY(lock.has_value());
        QVERIFY(!m_files->lock(m_path + "/.lock"));
        lock->reset();
        QVERIFY(m_files->lock(m_path + "/.lock"));
        QVERIFY(m_files->freeSpace(m_path).value() > 0);
    }

    void aReplacedFileIsOldOrNew()
    {
        MemoryFileSystem files;
        QVERIFY(replaceFile(files, "/f", asBytes("old"), Durability::Power));
        for (int write = 1; write < 3; ++write) {
            files.failWrites({.nthWrite = write, .tornBytes = 2, .pathPart = {}});
            const bool isDone
                = replaceFile(files, "/f", asBytes("new"), Durability::Power).has_value();
            QCOMPARE(textOf(files, "/f"), std::string(isDone ? "new" : "old"));
            files.heal();
        }
        files.crash(MemoryFileSystem::CrashMode::LoseUnsynced);
        QCOMPARE(textOf(files, "/f"), std::string("new"));
    }

    void aPowerCutTakesWhatWasNotSynced()
    {
        MemoryFileSystem files;
        QVERIFY(files.createDirectories("/d"));
        QVERIFY(files.syncDirectory("/"));
        auto kept = create(files, "/d/kept", "123");
        QVERIFY(kept->sync());
        QVERIFY(files.syncDirectory("/d"));
        QVERIFY(kept->writeAt(3, asBytes("456")));
        create(files, "/d/nameless", "x");
        files.crash(MemoryFileSystem::CrashMode::LoseUnsynced);
        QCOMPARE(textOf(files, "/d/kept"), std::string("123"));
        QVERIFY(!files.exists("/d/nameless"));
        QVERIFY(!kept->writeAt(0, asBytes("dead")));
    }

    void whatAPowerCutKeepsOfUnsyncedWritesIsAPrefix()
    {
        for (std::uint32_t seed = 0; seed < 100; ++seed) {
            MemoryFileSystem files(seed);
            auto file = create(files, "/a");
            QVERIFY(files.syncDirectory("/"));
            std::string all;
            for (int i = 0; i < 10; ++i) {
                const std::string word(5, static_cast<char>('0' + i));
                QVERIFY(file->writeAt(all.size(), asBytes(word)));
                all += word;
                if (i == 4)
                    QVERIFY(file->sync());
            }
            files.crash(MemoryFileSystem::CrashMode::KeepSome);
            const std::string left = textOf(files, "/a");
            QVERIFY(left.size() >= 25);
            QCOMPARE(left, all.substr(0, left.size()));
        }
    }

    void aFullDiskTakesWhatFits()
    {
        MemoryFileSystem files;
        files.setCapacity(10);
        auto file = create(files, "/a", "12345678");
        QVERIFY(file->writeAt(8, asBytes("9abc")).error().code == ErrorCode::LocalDiskFull);
        QCOMPARE(textOf(files, "/a"), std::string("123456789a"));
        QVERIFY(file->writeAt(0, asBytes("0")));
        QVERIFY(files.remove("/a"));
        file.reset();
        QCOMPARE(files.usedBytes(), std::uint64_t(0));
    }

    void aFullDiskIsNamedByTheSystem()
    {
        // /dev/full answers every write with ENOSPC.
        auto file = m_posix.open("/dev/full", OpenMode::ReadWrite);
        if (!file)
            QSKIP("this system has no /dev/full");
        const auto written = (*file)->writeAt(0, asBytes("x"));
        QVERIFY(written.error().code == ErrorCode::LocalDiskFull);
        QVERIFY(written.error().message.find("/dev/full") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestFileSystem)
#include "test_filesystem.moc"
