import Effects

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
