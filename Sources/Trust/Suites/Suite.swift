import Crypto
package import Effects

/// One of the two sets of cryptographic functions that a region chooses from; everything else asks the suite.
package struct Suite: Hashable, Sendable, CustomStringConvertible {
    package let id: SuiteID

    package init(_ id: SuiteID) {
        self.id = id
    }

    package static let ed25519 = Suite(.ed25519)
    package static let sm2 = Suite(.sm2)

    package var description: String { id.rawValue }

    /// SHA-256 or SM3 of the bytes.
    package func digest(_ bytes: [UInt8]) -> Digest {
        digest(parts: CollectionOfOne(bytes))
    }

    /// The digest of the parts one after the other, without joining them first.
    package func digest(parts: some Sequence<[UInt8]>) -> Digest {
        switch id {
        case .ed25519:
            var function = SHA256()
            for part in parts { function.update(data: part) }
            return Digest(trusted: Array(function.finalize()))
        case .sm2:
            return Digest(trusted: SM3.digest(parts))
        }
    }

    /// HMAC-SHA256 or HMAC-SM3 (RFC 2104); 32 bytes.
    package func hmac(key: [UInt8], message: [UInt8]) -> [UInt8] {
        switch id {
        case .ed25519: Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key)))
        case .sm2: SM3.authenticationCode(key: key, message: message)
        }
    }

    /// A new key for seals.
    ///
    /// - Parameter random: `SystemRandom` for real keys; a seeded source only where the key may be known.
    package func makeSigningKey(random: any RandomSource) throws -> SigningKey {
        try SigningKey(suite: self, privateBytes: try makePrivateBytes(random))
    }

    /// A new key for secrets that are sent to one node.
    package func makeBoxKey(random: any RandomSource) throws -> BoxKey {
        try BoxKey(suite: self, privateBytes: try makePrivateBytes(random))
    }

    /// Says whether this machine's libraries have the suite.
    ///
    /// - Throws: `suite.unavailable` where libcrypto was built or configured without SM2 or SM3.
    package func checkAvailable() throws {
        guard id == .sm2 else { return }
        let key = SM3.isAvailable ? try? SM2Key(privateBytes: [UInt8](repeating: 1, count: 32)) : nil
        guard key != nil else {
            throw Failure(
                "suite.unavailable", "this machine's libcrypto has no SM2 and SM3",
                remedy: "install OpenSSL 3 as the distribution ships it (libssl3), without a FIPS-only configuration")
        }
    }

    private func makePrivateBytes(_ random: any RandomSource) throws -> [UInt8] {
        // An SM2 number outside 1…n-2 is drawn once in 2^32 times; the bound only keeps a broken source from looping.
        for _ in 0..<64 {
            let bytes = random.bytes(32)
            if id == .ed25519 || SM2Key.isPrivateKey(bytes) { return bytes }
        }
        throw Failure(
            "key.noRandomness", "the random source gives no usable key", remedy: "check the machine's random device")
    }
}

/// The name of a region's cryptographic suite, as it stands in configuration and in sealed headers.
package enum SuiteID: String, Hashable, Sendable, CaseIterable, Codable {
    /// Ed25519 signatures, SHA-256, HPKE with X25519.
    case ed25519
    /// SM2 signatures and encryption (GB/T 32918) with SM3 (GB/T 32905).
    case sm2
}

/// The 32 bytes that a suite's digest function makes of a message; which suite, the context says.
package struct Digest: Hashable, Sendable, CustomStringConvertible {
    package static let byteCount = 32

    package let bytes: [UInt8]

    /// - Returns: `nil` unless there are exactly 32 bytes.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    /// - Returns: `nil` unless the text is 64 hexadecimal digits.
    package init?(hex: String) {
        guard let bytes = Hex.bytes(hex) else { return nil }
        self.init(bytes: bytes)
    }

    /// What a digest function of this module returned; both functions make 32 bytes by their standard.
    init(trusted bytes: [UInt8]) {
        self.bytes = bytes
    }

    package var hex: String { Hex.text(bytes) }
    package var description: String { hex }
}
