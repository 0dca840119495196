import Effects

extension AuthorityFolder {
    /// Makes a region's authority and the key that signs its configuration.
    ///
    /// - Returns: the new authority and the region's root public key.
    /// - Throws: `key.exists` where an authority stands in the folder; `suite.unavailable`; `cert.malformedID`.
    @discardableResult
    package func initialise(
        region: String, suite: SuiteID, validityDays: Int = RegionAuthority.defaultValidityDays
    ) throws -> (authority: RegionAuthority, regionKey: PublicKey) {
        let suite = Suite(suite)
        try suite.checkAvailable()
        for file in [authorityKeyPath, authorityCertificatePath, regionKeyPath, regionPublicKeyPath] {
            try PrivateFile.refuseExisting(file, disk: disk)
        }
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
}
