package import Effects
import Foundation

/// What everybody may know of a node's keys and certificates: the file `nodes/NODE.json` of an authority's folder.
///
/// The region's configuration is made from these.
package struct NodeFacts: Codable, Equatable, Sendable {
    package var region: String
    package var node: String
    package var suite: SuiteID
    /// Every certificate ever issued to the node, oldest first.
    package var certificates: [CertificateFact]
    /// Every ledger key that the node ever had, oldest first.
    package var ledgerKeys: [LedgerKeyFact]
    /// The present box key's public bytes in hexadecimal.
    package var boxPublicKey: String

    package init(
        region: String, node: String, suite: SuiteID, certificates: [CertificateFact], ledgerKeys: [LedgerKeyFact],
        boxPublicKey: String
    ) {
        self.region = region
        self.node = node
        self.suite = suite
        self.certificates = certificates
        self.ledgerKeys = ledgerKeys
        self.boxPublicKey = boxPublicKey
    }

    /// The box key that secrets are encrypted to.
    ///
    /// - Throws: `key.malformed`.
    package func boxKey() throws -> BoxPublicKey {
        try BoxPublicKey(suite: Suite(suite), bytes: try KeyBytes.fromHex(boxPublicKey, place: "nodes/\(node).json"))
    }

    /// One certificate, by its serial number and validity.
    package struct CertificateFact: Codable, Equatable, Sendable {
        package var serial: String
        package var from: WallTime
        package var to: WallTime
        /// The names that it carries beside its identity; a renewal keeps them.
        package var hosts: CertificateHosts

        package init(serial: String, from: WallTime, to: WallTime, hosts: CertificateHosts) {
            self.serial = serial
            self.from = from
            self.to = to
            self.hosts = hosts
        }

        private enum CodingKeys: String, CodingKey { case serial, from, to, dnsNames, ipAddresses }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            serial = try container.decode(String.self, forKey: .serial)
            from = try container.decodeTime(forKey: .from)
            to = try container.decodeTime(forKey: .to)
            hosts = CertificateHosts(
                dnsNames: try container.decode([String].self, forKey: .dnsNames),
                ipAddresses: try container.decode([String].self, forKey: .ipAddresses))
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(serial, forKey: .serial)
            try container.encode(RecordedTime.text(from), forKey: .from)
            try container.encode(RecordedTime.text(to), forKey: .to)
            try container.encode(hosts.dnsNames, forKey: .dnsNames)
            try container.encode(hosts.ipAddresses, forKey: .ipAddresses)
        }
    }
}

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

/// The JSON of an authority's folder: sorted keys, one value per line, so that differences are readable.
enum FolderJSON {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }

    static func value<Value: Decodable>(
        _ type: Value.Type, from text: String, place: String, code: Failure.Code = "cert.malformedFile"
    ) throws -> Value {
        do { return try JSONDecoder().decode(type, from: Data(text.utf8)) } catch {
            // The decoder's own words may quote the file, and the file may be a key.
            throw Failure(
                code, "the file is not what Yilian wrote here", place: place, remedy: "restore it from a backup")
        }
    }
}

/// Moments in the folder's JSON files, as ISO 8601 text in UTC that a person can read.
enum RecordedTime {
    static func text(_ time: WallTime) -> String { time.description }

    /// The moment of a text `YYYY-MM-DDThh:mm:ss.mmmZ`; `nil` for any other form.
    static func time(_ text: String) -> WallTime? {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            let digits = bytes[range]
            guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
            return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        }
        guard bytes.count == 24, let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            let millisecond = number(20..<23),
            let civil = CivilDateTime(
                year: year, month: month, day: day, hour: hour, minute: minute, second: second,
                millisecond: millisecond),
            civil.iso8601 == text
        else { return nil }
        return civil.wallTime()
    }
}

extension KeyedDecodingContainer {
    func decodeTime(forKey key: Key) throws -> WallTime {
        guard let time = RecordedTime.time(try decode(String.self, forKey: key)) else {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: self, debugDescription: "a time is written 2026-11-21T02:46:19.120Z")
        }
        return time
    }
}
