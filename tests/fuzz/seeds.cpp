#include "filler.h"
#include "protocol/batchbuilder.h"
#include "protocol/writer.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

using namespace moldau;
using namespace moldau::protocol;

// Writes a first corpus for every fuzz target: FOLDER/TARGET/NUMBER.

namespace {

void save(const std::filesystem::path& folder, const Bytes& bytes)
{
    static int number = 0;
    std::filesystem::create_directories(folder);
    std::ofstream file(folder / std::to_string(number++), std::ios::binary);
    file.write(
        reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

void saveMessages(const std::filesystem::path& folder)
{
    const auto messages = allMessages();
    for (std::size_t index = 0; index < messages.size(); ++index) {
        const MessageInfo& info = messages[index];
        for (std::int16_t version = info.minVersion; version <= info.maxVersion; ++version) {
            Filler random(7, true);
            Writer out;
            out.writeUint16(static_cast<std::uint16_t>(index));
            out.writeInt8(static_cast<std::int8_t>(version - info.minVersion));
            if (makeRandom(random, info.name, version)->write(out, version))
                save(folder, out.takeBytes());
        }
    }
}

void saveBatches(const std::filesystem::path& root)
{
    Filler random(11, false);
    for (int codec = 0; codec <= 4; ++codec) {
        for (int count = 0; count < 8; ++count) {
            BatchOptions options;
            options.codec = static_cast<Codec>(codec);
            options.isTransactional = count % 2 == 0;
            BatchBuilder builder(options);
            for (int i = 0; i < count * count; ++i) {
                const Bytes key = random.bytes(10);
                const Bytes value = random.bytes(60);
                const RecordHeaderView header{"header", BytesView(value)};
                builder.append(1000 + i, key, value, {&header, 1});
            }
            const Bytes batch = builder.build().value();
            save(root / "recordbatch", batch);
            if (codec > 0) {
                const auto packed = compress(options.codec, batch);
                save(root / std::string(nameOf(options.codec)), *packed);
            }
        }
    }
}

} // namespace

int main(int count, char** arguments)
{
    if (count != 2) {
        std::fprintf(stderr, "fuzz_seeds FOLDER\n");
        return 2;
    }
    const std::filesystem::path root(arguments[1]);
    saveMessages(root / "messages");
    saveBatches(root);
    return 0;
}
