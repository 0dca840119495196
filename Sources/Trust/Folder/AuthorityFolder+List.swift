package import Effects

/// One certificate as `cert list` shows it.
package struct ListedCertificate: Equatable, Sendable {
    package var node: String
    package var serial: String
    package var from: WallTime
    package var to: WallTime
    /// Whole days until it runs out; negative when it has.
    package var daysLeft: Int
    /// `nil` unless it was revoked.
    package var revocation: Revocation?

    package var isUsable: Bool { daysLeft >= 0 && revocation == nil }
}

extension AuthorityFolder {
    /// Every certificate on record, by node and then by age.
    ///
    /// - Throws: `cert.malformedFile`; `cert.noFolder`.
    package func list() throws -> [ListedCertificate] {
        try requireFolder()
        let now = world.time.wallTime
        var revoked: [String: Revocation] = [:]
        for revocation in try revocations() { revoked[revocation.serial] = revocation }
        return try nodes().flatMap { facts in
            facts.certificates.map { certificate in
                ListedCertificate(
                    node: facts.node, serial: certificate.serial, from: certificate.from, to: certificate.to,
                    daysLeft: Self.days(from: now, to: certificate.to), revocation: revoked[certificate.serial])
            }
        }
    }

    private static func days(from now: WallTime, to end: WallTime) -> Int {
        let milliseconds = end.milliseconds(since: now)
        let days = milliseconds / 86_400_000
        return Int(milliseconds % 86_400_000 < 0 ? days - 1 : days)
    }
}
