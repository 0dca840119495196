package import Effects

extension AuthorityFolder {
    /// The names that a node's folder would not be told apart by.
    private static let reservedNodes: Set<String> = ["nodes"]

    /// Issues a node's certificate and makes its ledger and box keys.
    ///
    /// - Returns: the node's public facts, as they stand in `nodes/NODE.json`.
    /// - Throws: `cert.issued` where the node has them already; `cert.malformedID`, `cert.malformedHost`,
    ///   `cert.malformedValidity`, `cert.outlivesAuthority`; `key.exists`.
    @discardableResult
    package func issue(
        node: String, validityDays: Int = RegionAuthority.defaultNodeValidityDays,
        hosts: CertificateHosts = .loopback
    ) throws -> NodeFacts {
        try checkNew(node)
        let authority = try authority()
        let regionKey = try regionPublicKey()
        let issued = try authority.issue(node: node, validityDays: validityDays, hosts: hosts, world: world)
        let ledgerKey = try regionKey.suite.makeSigningKey(random: world.random)
        let boxKey = try regionKey.suite.makeBoxKey(random: world.random)
        let folder = nodeFolderPath(node)
        let owner = "\(authority.regionID)/\(node)"
        for name in ["tls.key", "ledger.key", "box.key"] {
            try PrivateFile.refuseExisting(folder + "/" + name, disk: disk)
        }
        try disk.createDirectory(folder, mode: 0o700)
        try PrivateFile.writeNew(try KeyFile.text(ledgerKey, owner: owner), to: folder + "/ledger.key", disk: disk)
        try PrivateFile.writeNew(try KeyFile.text(boxKey, owner: owner), to: folder + "/box.key", disk: disk)
        try PrivateFile.writeNew(issued.keyPEM, to: folder + "/tls.key", disk: disk)
        try disk.write(issued.certificatePEM, to: folder + "/tls.crt", mode: 0o644)
        try disk.write(authority.certificatePEM, to: folder + "/ca.crt", mode: 0o644)
        try disk.write(
            try KeyFile.text(regionKey, owner: authority.regionID), to: folder + "/region.pub", mode: 0o644)
        let facts = NodeFacts(
            region: authority.regionID, node: node, suite: regionKey.suite.id,
            certificates: [try Self.fact(of: issued.certificateDER)],
            ledgerKeys: [Self.fact(of: ledgerKey.publicKey, from: issued.identity.notBefore)],
            boxPublicKey: Hex.text(boxKey.publicKey.bytes))
        try write(facts)
        return facts
    }

    /// Issues a further certificate, with a new TLS key, to a node that has one; the old one stays valid to its end.
    ///
    /// The names of the certificate before are kept.
    ///
    /// - Parameters:
    ///   - hosts: names that come to those of the certificate before.
    ///   - dropped: names of the certificate before that the new one does not carry any more.
    ///   - newLedgerKey: also makes a new ledger key; the old one is kept beside it as `ledger-ID.key`, and seals of
    ///     it are accepted for `overlapDays` more.
    /// - Throws: `cert.noSuchNode`, `cert.noSuchName`; as `issue`.
    @discardableResult
    package func renew(
        node: String, validityDays: Int = RegionAuthority.defaultNodeValidityDays,
        adding hosts: CertificateHosts = .none,
        dropping dropped: [String] = [], newLedgerKey: Bool = false, overlapDays: Int = 7
    ) throws -> NodeFacts {
        var facts = try facts(node)
        let before = facts.certificates.last?.hosts ?? .loopback
        let hosts = try before.dropping(dropped).adding(hosts)
        let issued = try authority().issue(node: node, validityDays: validityDays, hosts: hosts, world: world)
        let folder = nodeFolderPath(node)
        try disk.createDirectory(folder, mode: 0o700)
        if newLedgerKey { try replaceLedgerKey(&facts, overlapDays: overlapDays) }
        facts.certificates.append(try Self.fact(of: issued.certificateDER))
        // The record comes first: a certificate that nobody can revoke must not exist.
        try write(facts)
        try disk.write(issued.keyPEM, to: folder + "/tls.key", mode: PrivateFile.mode)
        try disk.write(issued.certificatePEM, to: folder + "/tls.crt", mode: 0o644)
        return facts
    }

    /// Takes on record a certificate that another authority of the operator's issued to a node that has its keys here.
    ///
    /// From then on it is listed and can be revoked like any other.
    ///
    /// - Throws: `cert.foreignRegion`, `cert.noSuchNode`; what `NodeCertificate.identity` throws.
    @discardableResult
    package func adopt(certificatePEM: String) throws -> NodeFacts {
        guard let der = try NodeCertificate.der(pem: certificatePEM).first else {
            throw Failure("cert.malformed", "there is no PEM certificate")
        }
        let identity = try NodeCertificate.identity(der: der)
        var facts = try facts(identity.node)
        guard identity.region == facts.region else {
            throw Failure(
                "cert.foreignRegion", "the certificate is of the region \(identity.region), not of \(facts.region)",
                remedy: "issue it with this region's id")
        }
        guard !facts.certificates.contains(where: { $0.serial == identity.serial }) else { return facts }
        facts.certificates.append(try Self.fact(of: der))
        try write(facts)
        return facts
    }

    /// Lets the seals of an ended ledger key count up to a later moment.
    ///
    /// For a node that went on sealing with its old key, so that those above refuse its batches: when the region's
    /// configuration is published with the later end, they take what they refused.
    ///
    /// - Parameters:
    ///   - key: the key's id; the last one that has an end where none is given.
    ///   - end: the first moment at which its seals do not count any more.
    /// - Returns: the key as it stands now.
    /// - Throws: `cert.noSuchNode`, `cert.noSuchKey`; `cert.notLater` where it counts that long already.
    @discardableResult
    package func prolong(node: String, key id: String? = nil, until end: WallTime) throws -> LedgerKeyFact {
        var facts = try facts(node)
        let index = facts.ledgerKeys.lastIndex { id == nil ? $0.to != nil : $0.id == id?.lowercased() }
        guard let index else {
            throw Failure(
                "cert.noSuchKey",
                id == nil ? "no ledger key of this node has an end" : "the node has no such ledger key",
                place: factsPath(node), remedy: "its keys: \(facts.ledgerKeys.map(\.id).joined(separator: ", "))")
        }
        guard let before = facts.ledgerKeys[index].to, before < end else {
            throw Failure(
                "cert.notLater", "the key's seals count that long already", place: facts.ledgerKeys[index].id,
                remedy: "give a moment after \(facts.ledgerKeys[index].to.map(\.chinaText) ?? "ever")")
        }
        let longest = world.time.wallTime.advanced(byMilliseconds: Int64(Self.longestOverlapDays) * 86_400_000)
        guard end <= longest else {
            throw Failure(
                "cert.malformedValidity",
                "an ended key is prolonged by at most \(Self.longestOverlapDays) days from now",
                remedy: "make a new key with `yilian cert renew \(path) \(node) --new-ledger-key`")
        }
        facts.ledgerKeys[index].to = end
        try write(facts)
        return facts.ledgerKeys[index]
    }

    private static let longestOverlapDays = 365

    private func checkNew(_ node: String) throws {
        try IdentityForm.check(node, kind: "node")
        guard !Self.reservedNodes.contains(node) else {
            throw Failure(
                "cert.malformedID", "a node cannot have this name: the folder needs it for itself", place: node,
                remedy: "choose another")
        }
        guard !disk.exists(factsPath(node)) else {
            throw Failure(
                "cert.issued", "this node has a certificate and keys already", place: factsPath(node),
                remedy: "use `yilian cert renew \(path) \(node)`")
        }
    }

    private func replaceLedgerKey(_ facts: inout NodeFacts, overlapDays: Int) throws {
        guard (0...Self.longestOverlapDays).contains(overlapDays) else {
            throw Failure(
                "cert.malformedValidity", "two ledger keys cannot overlap for \(overlapDays) days",
                remedy: "give 0 to \(Self.longestOverlapDays) days")
        }
        let now = world.time.wallTime
        let path = nodeFolderPath(facts.node) + "/ledger.key"
        let key = try Suite(facts.suite).makeSigningKey(random: world.random)
        if disk.exists(path) {
            let old = try KeyFile.signingKey(at: path, disk: disk)
            let kept = nodeFolderPath(facts.node) + "/ledger-\(old.id).key"
            // It stands there already where an earlier run was cut short.
            if !disk.exists(kept) {
                try PrivateFile.writeNew(try PrivateFile.read(path, disk: disk), to: kept, disk: disk)
            }
        }
        let end = now.advanced(byMilliseconds: Int64(overlapDays) * 86_400_000)
        for index in facts.ledgerKeys.indices where facts.ledgerKeys[index].to == nil {
            facts.ledgerKeys[index].to = end
        }
        facts.ledgerKeys.append(Self.fact(of: key.publicKey, from: now))
        try disk.write(
            try KeyFile.text(key, owner: "\(facts.region)/\(facts.node)"), to: path, mode: PrivateFile.mode)
    }

    private static func fact(of der: [UInt8]) throws -> NodeFacts.CertificateFact {
        let identity = try NodeCertificate.identity(der: der)
        return NodeFacts.CertificateFact(
            serial: identity.serial, from: identity.notBefore, to: identity.notAfter,
            hosts: try NodeCertificate.hosts(der: der))
    }

    private static func fact(of key: PublicKey, from: WallTime) -> LedgerKeyFact {
        LedgerKeyFact(id: key.id.hex, publicKey: Hex.text(key.bytes), from: from)
    }
}
