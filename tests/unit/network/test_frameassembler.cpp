#include "network/frameassembler.h"

#include <QTest>

#include <algorithm>
#include <cstring>
#include <random>

using namespace moldau;
using network::FrameAssembler;

namespace {

Bytes frame(std::size_t size, std::uint8_t fill)
{
    Bytes bytes(4 + size, fill);
    for (std::size_t i = 0; i < 4; ++i)
        bytes[i] = static_cast<std::uint8_t>(size >> (24 - 8 * i));
    return bytes;
}

// Feeds all bytes in pieces of at most `step` and collects the frames.
std::vector<Bytes> cut(FrameAssembler& assembler, BytesView bytes, std::size_t step)
{
    std::vector<Bytes> frames;
    std::vector<Slice> kept; // frames stay valid while later ones arrive
    while (!bytes.empty()) {
        const auto room = assembler.receiveBuffer();
        const std::size_t size = std::min({room.size(), bytes.size(), step});
        std::memcpy(room.data(), bytes.data(), size);
        assembler.received(size);
        bytes = bytes.subspan(size);
        while (auto next = assembler.next().value())
            kept.push_back(std::move(*next));
    }
    for (const Slice& slice : kept)
        frames.emplace_back(slice.bytes.begin(), slice.bytes.end());
    return frames;
}

} // namespace

class TestFrameAssembler : public QObject {
    Q_OBJECT
private slots:
    void framesComeOutAsTheyWentInWhateverThePieces()
    {
        std::mt19937 random(7);
        for (const std::size_t step : {1u, 3u, 100u, 4096u, 1u << 20}) {
            FrameAssembler assembler(10 << 20);
            Bytes stream;
            std::vector<std::size_t> sizes;
            for (int i = 0; i < 40; ++i)
                sizes.push_back(i % 10 == 9 ? 300'000 : random() % 3000);
            for (std::size_t i = 0; i < sizes.size(); ++i) {
                const Bytes one = frame(sizes[i], static_cast<std::uint8_t>(i));
                stream.insert(stream.end(), one.begin(), one.end());
            }
            const auto frames = cut(assembler, stream, step);
            QCOMPARE(frames.size(), sizes.size());
            for (std::size_t i = 0; i < sizes.size(); ++i)
                QVERIFY(frames[i] == Bytes(sizes[i], static_cast<std::uint8_t>(i)));
        }
    }
    void sizesOutOfBoundsAreRefused()
    {
        for (const std::uint8_t first : {std::uint8_t(0x80), std::uint8_t(0x7f)}) {
            FrameAssembler assembler(1000);
            const auto room = assembler.receiveBuffer();
            std::fill_n(room.begin(), 4, first);
            assembler.received(4);
            QVERIFY(!assembler.next().has_value());
        }
    }
    void aClaimedSizeCostsNoMemoryBeforeItsBytesCome()
    {
        FrameAssembler assembler(100 << 20);
        auto room = assembler.receiveBuffer();
        room[0] = 5; // 84 MB are announced
        room[1] = room[2] = room[3] = 0;
        assembler.received(4);
        QVERIFY(!assembler.next().value());
        QVERIFY(assembler.receiveBuffer().size() <= 300'000);
    }
};

QTEST_APPLESS_MAIN(TestFrameAssembler)
#include "test_frameassembler.moc"
