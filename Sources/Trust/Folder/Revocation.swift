package import Effects

/// A certificate that is no longer accepted although its time has not run out.
package struct Revocation: Codable, Equatable, Sendable {
    package var serial: String
    package var node: String
    package var reason: String
    package var at: WallTime

    package init(serial: String, node: String, reason: String, at: WallTime) {
        self.serial = serial
        self.node = node
        self.reason = reason
        self.at = at
    }

    private enum CodingKeys: String, CodingKey { case serial, node, reason, at }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        serial = try container.decode(String.self, forKey: .serial)
        node = try container.decode(String.self, forKey: .node)
        reason = try container.decode(String.self, forKey: .reason)
        at = try container.decodeTime(forKey: .at)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(serial, forKey: .serial)
        try container.encode(node, forKey: .node)
        try container.encode(reason, forKey: .reason)
        try container.encode(RecordedTime.text(at), forKey: .at)
    }
}
