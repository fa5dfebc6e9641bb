// A static library needs a symbol of its own; the drawings and translations are compiled in beside
// it.
namespace moldau {
extern const int kResourcesVersion;
const int kResourcesVersion = 1;
} // namespace moldau
