package import Effects

/// A node of the region and the keys that are bound to it.
package struct RegionNode: Hashable, Sendable {
    package var id: NodeID
    package var name: String
    package var tier: Tier
    /// The unit that runs the node.
    package var organizationUnit: OrgUnitID
    package var division: DivisionCode
    /// Where its children reach it.
    package var addresses: [NetworkAddress]
    /// The keys that seal its batches, old and new; `cert issue` records them.
    package var ledgerKeys: [LedgerKeyRecord]
    /// The key that secrets for it are encrypted to.
    package var boxPublicKey: [UInt8]?
    /// From when it is part of the region, and to when; a node ends, it never vanishes.
    ///
    /// None: always, or without an end.
    package var from: WallTime?
    package var to: WallTime?

    package init(
        id: NodeID, name: String, tier: Tier, organizationUnit: OrgUnitID, division: DivisionCode,
        addresses: [NetworkAddress] = [], ledgerKeys: [LedgerKeyRecord] = [], boxPublicKey: [UInt8]? = nil,
        from: WallTime? = nil, to: WallTime? = nil
    ) {
        self.id = id
        self.name = name
        self.tier = tier
        self.organizationUnit = organizationUnit
        self.division = division
        self.addresses = addresses
        self.ledgerKeys = ledgerKeys
        self.boxPublicKey = boxPublicKey
        self.from = from
        self.to = to
    }

    package func isThere(at moment: WallTime) -> Bool {
        (from.map { $0 <= moment } ?? true) && (to.map { moment < $0 } ?? true)
    }

    /// Whether there is a moment at which both are part of the region.
    func isThere(with other: RegionNode) -> Bool {
        func begins(_ one: RegionNode, beforeEndOf other: RegionNode) -> Bool {
            guard let from = one.from, let to = other.to else { return true }
            return from < to
        }
        return begins(self, beforeEndOf: other) && begins(other, beforeEndOf: self)
    }
}

/// A public key that seals a node's batches, and from when to when it may.
package struct LedgerKeyRecord: Hashable, Sendable {
    package var keyID: [UInt8]
    package var publicKey: [UInt8]
    package var from: WallTime
    /// The first moment at which it no longer may; none while it has no end.
    package var to: WallTime?

    package init(keyID: [UInt8], publicKey: [UInt8], from: WallTime, to: WallTime? = nil) {
        self.keyID = keyID
        self.publicKey = publicKey
        self.from = from
        self.to = to
    }

    package func isValid(at moment: WallTime) -> Bool {
        from <= moment && (to.map { moment < $0 } ?? true)
    }
}
