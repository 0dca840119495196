package import Effects

/// Whom a node certificate names, and from when to when.
package struct CertificateIdentity: Hashable, Sendable, CustomStringConvertible {
    package var region: String
    package var node: String
    /// The serial number in lowercase hexadecimal, two digits per byte, without leading zero bytes.
    package var serial: String
    package var notBefore: WallTime
    package var notAfter: WallTime

    package init(region: String, node: String, serial: String, notBefore: WallTime, notAfter: WallTime) {
        self.region = region
        self.node = node
        self.serial = serial
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    package var description: String { "\(node) of \(region), certificate \(serial)" }

    /// Whether a peer with this certificate may be spoken to now; the chain to the authority is the TLS library's part.
    ///
    /// - Parameters:
    ///   - region: the region that this node belongs to.
    ///   - now: by this node's clock.
    ///   - revokedSerials: the region configuration's list, in the form of `serial`.
    package func judge(region: String, now: WallTime, revokedSerials: Set<String>) -> DecisionTrail {
        var trail = DecisionTrail("the certificate \(serial) of \(node) is accepted")
        trail.require("it is of this region", input: "it says \(self.region), this is \(region)", self.region == region)
        let moment = now.chinaText
        trail.require("it is valid already", input: "from \(notBefore.chinaText), now \(moment)", notBefore <= now)
        trail.require("it is still valid", input: "to \(notAfter.chinaText), now \(moment)", now <= notAfter)
        trail.require("it is not revoked", !revokedSerials.contains(serial))
        return trail
    }
}
