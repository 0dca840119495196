import CCrypto

/// The SM3 digest (GB/T 32905-2016) and its HMAC, by libcrypto.
///
/// A libcrypto without SM3 ends the process here: no answer would be right. `Suite.checkAvailable()` asks beforehand
/// and throws instead.
enum SM3 {
    static let byteCount = 32

    static var isAvailable: Bool {
        digest(of: []) != nil
    }

    static func digest(_ parts: some Sequence<[UInt8]>) -> [UInt8] {
        guard let digest = digest(of: parts) else {
            preconditionFailure("libcrypto gives no SM3 digest; install OpenSSL 3 with SM3")
        }
        return digest
    }

    static func authenticationCode(key: [UInt8], message: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: byteCount)
        var length: UInt32 = 0
        let made = HMAC(EVP_sm3(), key, Int32(clamping: key.count), message, message.count, &code, &length)
        guard made != nil, length == byteCount else {
            preconditionFailure("libcrypto gives no HMAC with SM3; install OpenSSL 3 with SM3")
        }
        return code
    }

    private static func digest(of parts: some Sequence<[UInt8]>) -> [UInt8]? {
        guard let context = EVP_MD_CTX_new() else { return nil }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestInit_ex(context, EVP_sm3(), nil) == 1 else { return nil }
        for part in parts {
            guard EVP_DigestUpdate(context, part, part.count) == 1 else { return nil }
        }
        var digest = [UInt8](repeating: 0, count: byteCount)
        var length: UInt32 = 0
        guard EVP_DigestFinal_ex(context, &digest, &length) == 1, length == byteCount else { return nil }
        return digest
    }
}
