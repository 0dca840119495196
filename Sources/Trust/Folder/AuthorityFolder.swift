package import Effects

/// The folder in which a region's authority lives: its keys, what it issued, what it revoked.
///
/// ```
/// DIR/ca.key region.key          0600   the authority's key; the key that signs the region's configuration
/// DIR/ca.crt region.pub          0644   the authority's certificate; the region's root public key
/// DIR/patient-key-epoch-N.key    0600   the secret of one epoch of patient keys
/// DIR/region.configuration       0644   what was published last
/// DIR/revocations.json           0644   what was revoked, when and why
/// DIR/nodes/NODE.json            0644   each node's public facts
/// DIR/NODE/tls.key ledger.key box.key           0600   to be moved to the node
/// DIR/NODE/tls.crt ca.crt region.pub            0644
/// ```
///
/// One person works in it at a time. Keys are never overwritten, except a node's TLS key by `renew`.
package struct AuthorityFolder: Sendable {
    package let path: String
    let world: World

    /// The folder at a path; nothing is read or made.
    package init(path: String, world: World) {
        self.path = path
        self.world = world
    }

    var disk: any Disk { world.disk }

    package var authorityKeyPath: String { path + "/ca.key" }
    package var authorityCertificatePath: String { path + "/ca.crt" }
    package var regionKeyPath: String { path + "/region.key" }
    package var regionPublicKeyPath: String { path + "/region.pub" }
    package var revocationsPath: String { path + "/revocations.json" }
    /// What was published last.
    package var publishedPath: String { path + "/region.configuration" }
    package func nodeFolderPath(_ node: String) -> String { path + "/" + node }
    package func factsPath(_ node: String) -> String { path + "/nodes/" + node + ".json" }

    /// The authority.
    ///
    /// - Throws: `cert.noFolder` where `cert init` was never run; `key.exposed`; `cert.wrongKey`.
    package func authority() throws -> RegionAuthority {
        try requireFolder()
        let certificate = try disk.readText(authorityCertificatePath, limitBytes: Limits.certificateBytes)
        let key = try PrivateFile.read(authorityKeyPath, disk: disk)
        return try Failure.naming(authorityCertificatePath) {
            try RegionAuthority(certificatePEM: certificate, keyPEM: key)
        }
    }

    /// The key that signs the region's configuration.
    ///
    /// - Throws: `key.missing` where it is kept elsewhere; `key.exposed`, `key.malformed`; `cert.wrongRegionKey` where it
    ///   is not the one of `region.pub`: no node would believe what it signs.
    package func regionSigningKey() throws -> SigningKey {
        let key = try KeyFile.signingKey(at: regionKeyPath, disk: disk)
        guard try key.publicKey == regionPublicKey() else {
            throw Failure(
                "cert.wrongRegionKey",
                "this is not the key of the region.pub beside it, and no node believes what it signs",
                place: regionKeyPath, remedy: "restore both files from one backup; every node has a copy of region.pub")
        }
        return key
    }

    /// The region's root public key.
    package func regionPublicKey() throws -> PublicKey {
        try KeyFile.publicKey(at: regionPublicKeyPath, disk: disk)
    }

    /// The public facts of every node that was issued something, by node id.
    package func nodes() throws -> [NodeFacts] {
        guard disk.isDirectory(path + "/nodes") else { return [] }
        return try disk.list(path + "/nodes").filter { $0.hasSuffix(".json") }.map { try facts(String($0.dropLast(5))) }
    }

    /// The public facts of one node.
    ///
    /// - Throws: `cert.noSuchNode`.
    package func facts(_ node: String) throws -> NodeFacts {
        guard IdentityForm.holds(for: node), disk.exists(factsPath(node)) else {
            throw Failure(
                "cert.noSuchNode", "nothing was issued to a node of this name", place: String(node.prefix(80)),
                remedy: "`yilian cert list \(path)` names the nodes; `yilian cert issue \(path) NODE` makes one")
        }
        return try FolderJSON.value(
            NodeFacts.self, from: try disk.readText(factsPath(node)), place: factsPath(node))
    }

    func requireFolder() throws {
        guard disk.exists(authorityCertificatePath) else {
            throw Failure(
                "cert.noFolder", "there is no authority in this folder", place: path,
                remedy: "make one with `yilian cert init \(path) --region ID`")
        }
    }

    func write(_ facts: NodeFacts) throws {
        try disk.createDirectory(path + "/nodes", mode: 0o755)
        try disk.write(try FolderJSON.text(facts), to: factsPath(facts.node), mode: 0o644)
    }
}

extension AuthorityFolder {
    /// Makes a region's authority and the key that signs its configuration.
    ///
    /// - Returns: the new authority and the region's root public key.
    /// - Throws: `cert.standsAlready` where an authority stands in the folder, or what one left there;
    ///   `suite.unavailable`; `cert.malformedID`.
    @discardableResult
    package func initialise(
        region: String, suite: SuiteID, validityDays: Int = RegionAuthority.defaultValidityDays
    ) throws -> (authority: RegionAuthority, regionKey: PublicKey) {
        let suite = Suite(suite)
        try suite.checkAvailable()
        try refuseStanding()
        let authority = try RegionAuthority.create(regionID: region, validityDays: validityDays, world: world)
        let regionKey = try suite.makeSigningKey(random: world.random)
        try disk.createDirectory(path, mode: 0o700)
        try PrivateFile.writeNew(authority.keyPEM, to: authorityKeyPath, disk: disk)
        try PrivateFile.writeNew(try KeyFile.text(regionKey, owner: region), to: regionKeyPath, disk: disk)
        try disk.write(
            try KeyFile.text(regionKey.publicKey, owner: region), to: regionPublicKeyPath, mode: 0o644)
        try disk.write(authority.certificatePEM, to: authorityCertificatePath, mode: 0o644)
        return (authority, regionKey.publicKey)
    }

    /// A second authority beside what is left of the first would be taken for it: whoever moved a secret away to make room
    /// would lose the region.
    private func refuseStanding() throws {
        guard disk.isDirectory(path) else { return }
        let own = [
            authorityKeyPath, authorityCertificatePath, regionKeyPath, regionPublicKeyPath, revocationsPath,
            publishedPath, path + "/nodes",
        ]
        let standing = try disk.list(path).filter { name in
            own.contains(path + "/" + name) || name.hasPrefix("patient-key-epoch-")
        }
        guard let first = standing.first else { return }
        let others = standing.count == 1 ? "" : " and \(standing.count - 1) more files of one"
        throw Failure(
            "cert.standsAlready", "an authority stands in this folder already: \(first)\(others)", place: path,
            remedy: "keep every file, take what is lost from its backup; a new region gets a folder of its own")
    }
}
