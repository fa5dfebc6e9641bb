#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <string>

namespace moldau::client {

/**
 * The certificates of a trust store as PEM text. Knows the three forms that Java knows: PEM, PKCS12
 * and JKS, told apart by the content, since the names of the files often lie. `what` is named in
 * errors; the password never is. JKS needs no password: its certificates aren't encrypted.
 */
Result<std::string> pemOfTrustStore(
    BytesView content, const std::string& password, const std::string& what);

/** Reads the file and does the same. */
Result<std::string> readTrustStore(const std::string& path, const std::string& password);

/** A client's own certificates and its key, as PEM. */
struct KeyStore {
    std::string certificates;
    std::string key;
};
/** Opens a PKCS12 file. */
Result<KeyStore> readKeyStore(const std::string& path, const std::string& password);

enum class StoreFormat { Pem, Pkcs12, Jks, Unknown };
StoreFormat storeFormatOf(BytesView content);

/** A whole file of at most a few megabytes; the error names `what` and the path. */
Result<Bytes> readStoreFile(const std::string& path, const std::string& what);

} // namespace moldau::client
