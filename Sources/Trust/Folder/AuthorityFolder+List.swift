package import Effects

/// Something with an end, as `cert list` shows it.
package struct ListedCertificate: Equatable, Sendable {
    /// What it is.
    package enum Kind: String, Sendable {
        /// The certificate of the region's authority.
        case authority
        case node
        /// A node's ledger key that has an end.
        case ledgerKey
    }

    package var kind: Kind
    /// The node; the region for the authority.
    package var node: String
    /// The certificate's serial number, or the key's id.
    package var serial: String
    package var from: WallTime
    package var to: WallTime
    /// Whole days until it runs out; negative when it has.
    package var daysLeft: Int
    /// `nil` unless it was revoked.
    package var revocation: Revocation?
    /// Whether another of its kind was made for the node after it.
    package var isReplaced: Bool

    /// From how many days before the end on it is to be replaced.
    package var warningDays: Int {
        // A certificate never outlives its authority: that one is replaced before the next renewals are refused.
        kind == .authority ? RegionAuthority.defaultNodeValidityDays + Self.usualWarningDays : Self.usualWarningDays
    }

    package static let usualWarningDays = 30

    package var isUsable: Bool { daysLeft >= 0 && revocation == nil }
    /// Whether somebody has to replace it now.
    package var isEnding: Bool { revocation == nil && !isReplaced && daysLeft < warningDays }
}

extension AuthorityFolder {
    /// The authority's certificate, then by node every certificate on record and every ledger key that has an end, by age.
    ///
    /// - Throws: `cert.malformedFile`; `cert.noFolder`.
    package func list() throws -> [ListedCertificate] {
        try requireFolder()
        let now = world.time.wallTime
        var revoked: [String: Revocation] = [:]
        for revocation in try revocations() { revoked[revocation.serial] = revocation }
        let authority = try NodeCertificate.authority(
            pem: try disk.readText(authorityCertificatePath, limitBytes: Limits.certificateBytes))
        var listed = [
            ListedCertificate(
                kind: .authority, node: authority.region, serial: authority.serial, from: authority.notBefore,
                to: authority.notAfter, daysLeft: Self.days(from: now, to: authority.notAfter), revocation: nil,
                isReplaced: false)
        ]
        for facts in try nodes() {
            // The one that was issued last is the one that the node has; older ones run out beside it.
            let newest = facts.certificates.last { revoked[$0.serial] == nil }
            listed += facts.certificates.map { certificate in
                ListedCertificate(
                    kind: .node, node: facts.node, serial: certificate.serial, from: certificate.from,
                    to: certificate.to, daysLeft: Self.days(from: now, to: certificate.to),
                    revocation: revoked[certificate.serial], isReplaced: certificate != newest)
            }
            let newestKey = facts.ledgerKeys.last
            listed += facts.ledgerKeys.compactMap { key in
                key.to.map { end in
                    ListedCertificate(
                        kind: .ledgerKey, node: facts.node, serial: key.id, from: key.from, to: end,
                        daysLeft: Self.days(from: now, to: end), revocation: nil, isReplaced: key != newestKey)
                }
            }
        }
        return listed
    }

    private static func days(from now: WallTime, to end: WallTime) -> Int {
        let milliseconds = end.milliseconds(since: now)
        let days = milliseconds / 86_400_000
        return Int(milliseconds % 86_400_000 < 0 ? days - 1 : days)
    }
}
