import CCrypto
package import Effects

/// What is kept of a password: scrypt (RFC 7914) with its salt and its cost, so that a copy of the table is of little use.
package struct PasswordDigest: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// How much one try costs.
    package struct Cost: Hashable, Sendable {
        /// The logarithm of N.
        package var logN: Int
        package var blocks: Int
        package var lanes: Int

        package init(logN: Int, blocks: Int, lanes: Int) {
            self.logN = logN
            self.blocks = blocks
            self.lanes = lanes
        }

        /// 32 MiB and about a third of a second: what OWASP asks for, with the memory kept small for a small node.
        package static let standard = Cost(logN: 15, blocks: 8, lanes: 3)

        /// What one digest takes while it is made.
        package var memoryBytes: Int { 128 * blocks * ((1 << logN) + lanes + 2) }

        /// A number of a table that was changed by hand costs no more than this.
        var isBounded: Bool {
            (1...17).contains(logN) && (1...16).contains(blocks) && (1...16).contains(lanes)
        }
    }

    package let cost: Cost
    private let salt: [UInt8]
    private let digest: [UInt8]

    private static let saltBytes = 16
    private static let digestBytes = 32

    /// Makes one; it blocks for as long as the cost says.
    ///
    /// - Throws: `password.noDigest` where libcrypto makes none.
    package init(of password: String, cost: Cost = .standard, random: any RandomSource) throws {
        self.cost = cost
        salt = random.bytes(Self.saltBytes)
        digest = try Self.derived(password, salt, cost)
    }

    /// - Returns: nil where the text is none of ``text``.
    package init?(text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "scrypt", let logN = Int(parts[1]), let blocks = Int(parts[2]),
            let lanes = Int(parts[3]), let salt = Hex.bytes(parts[4]), let digest = Hex.bytes(parts[5]),
            salt.count == Self.saltBytes, digest.count == Self.digestBytes
        else { return nil }
        cost = Cost(logN: logN, blocks: blocks, lanes: lanes)
        guard cost.isBounded else { return nil }
        self.salt = salt
        self.digest = digest
    }

    /// For a column of a table.
    package var text: String {
        "scrypt$\(cost.logN)$\(cost.blocks)$\(cost.lanes)$\(Hex.text(salt))$\(Hex.text(digest))"
    }

    /// Whether it is this password's; it takes as long for a wrong one.
    ///
    /// - Throws: `password.noDigest`.
    package func matches(_ password: String) throws -> Bool {
        let other = try Self.derived(password, salt, cost)
        return CRYPTO_memcmp(digest, other, Self.digestBytes) == 0
    }

    static func derived(_ password: String, _ salt: [UInt8], _ cost: Cost) throws -> [UInt8] {
        var result = [UInt8](repeating: 0, count: digestBytes)
        let bytes = Array(password.utf8)
        let made = bytes.withUnsafeBytes { buffer in
            EVP_PBE_scrypt(
                buffer.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, salt, salt.count,
                1 << UInt64(cost.logN), UInt64(cost.blocks), UInt64(cost.lanes), UInt64(cost.memoryBytes + 1 << 20),
                &result, digestBytes)
        }
        guard made == 1 else {
            throw LibcryptoFailure.make("password.noDigest", "libcrypto gives no scrypt of a password")
        }
        return result
    }

    package var description: String { "a password's digest" }
    package var customMirror: Mirror { Mirror(self, children: ["cost": cost]) }
}
