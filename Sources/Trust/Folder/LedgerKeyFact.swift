package import Effects

/// A ledger key's public half, and from when to when seals made with it are accepted.
package struct LedgerKeyFact: Codable, Equatable, Sendable {
    /// The key's id in hexadecimal.
    package var id: String
    /// The public bytes in hexadecimal.
    package var publicKey: String
    package var from: WallTime
    /// `nil` while the key is in use.
    package var to: WallTime?

    package init(id: String, publicKey: String, from: WallTime, to: WallTime? = nil) {
        self.id = id
        self.publicKey = publicKey
        self.from = from
        self.to = to
    }

    /// The key itself.
    ///
    /// - Throws: `key.malformed`, also where `id` is not the key's.
    package func key(suite: Suite) throws -> PublicKey {
        let key = try PublicKey(suite: suite, bytes: try KeyBytes.fromHex(publicKey, place: "ledger key \(id)"))
        guard key.id.hex == id else {
            throw Failure("key.malformed", "the ledger key's id is not the one of its bytes", place: "ledger key \(id)")
        }
        return key
    }

    private enum CodingKeys: String, CodingKey { case id, publicKey, from, to }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        publicKey = try container.decode(String.self, forKey: .publicKey)
        from = try container.decodeTime(forKey: .from)
        to = container.contains(.to) ? try container.decodeTime(forKey: .to) : nil
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(publicKey, forKey: .publicKey)
        try container.encode(RecordedTime.text(from), forKey: .from)
        if let to { try container.encode(RecordedTime.text(to), forKey: .to) }
    }
}
