package import Effects

extension AuthorityFolder {
    /// Everything that was revoked, in order.
    package func revocations() throws -> [Revocation] {
        guard disk.exists(revocationsPath) else { return [] }
        return try FolderJSON.value(
            [Revocation].self, from: try disk.readText(revocationsPath), place: revocationsPath)
    }

    /// Puts one certificate, or all of a node's that have not run out, on the list of revocations.
    ///
    /// The list takes effect when the region's configuration is published with it. Ledger keys are not touched: what a
    /// node sealed before stays verifiable.
    ///
    /// - Parameters:
    ///   - target: a serial number as `list` shows it, or a node's id.
    ///   - reason: for people; it stands in the list and carries no patient data.
    /// - Returns: what was added.
    /// - Throws: `cert.noSuchCertificate`, `cert.revoked` where there is nothing left to revoke, `cert.noReason`.
    @discardableResult
    package func revoke(_ target: String, reason: String) throws -> [Revocation] {
        guard reason.contains(where: { !$0.isWhitespace }), reason.utf8.count <= 500 else {
            throw Failure("cert.noReason", "a revocation needs a reason", remedy: "give --reason, up to 500 bytes")
        }
        let now = world.time.wallTime
        let found = try certificates(named: target, now: now)
        let known = try revocations()
        let taken = Set(known.map(\.serial))
        let added = found.filter { !taken.contains($0.serial) }.map {
            Revocation(serial: $0.serial, node: $0.node, reason: reason, at: now)
        }
        guard !added.isEmpty else {
            throw Failure(
                "cert.revoked", "nothing is left to revoke: each certificate was revoked before or has run out",
                place: String(target.prefix(80)), remedy: "`yilian cert list \(path)` shows the state of each")
        }
        try disk.write(try FolderJSON.text(known + added), to: revocationsPath, mode: 0o644)
        return added
    }

    private func certificates(named target: String, now: WallTime) throws -> [(serial: String, node: String)] {
        let nodes = try nodes()
        if let facts = nodes.first(where: { $0.node == target }) {
            return facts.certificates.filter { $0.to > now }.map { ($0.serial, facts.node) }
        }
        let serial = target.lowercased()
        for facts in nodes where facts.certificates.contains(where: { $0.serial == serial }) {
            return [(serial, facts.node)]
        }
        throw Failure(
            "cert.noSuchCertificate", "this is neither a node nor the serial number of a certificate on record",
            place: String(target.prefix(80)),
            remedy:
                "`yilian cert list \(path)` shows both; `yilian cert adopt \(path) FILE` records one that was issued "
                + "elsewhere")
    }
}

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
