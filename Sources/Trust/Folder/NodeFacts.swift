package import Effects

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
