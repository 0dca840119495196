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

/// The form of region and node ids: 1 to 63 lowercase letters, digits and hyphens.
package enum IdentityForm {
    package static func holds(for text: some StringProtocol) -> Bool {
        (1...63).contains(text.utf8.count) && text.utf8.allSatisfy(isAllowed)
    }

    /// Refuses an id of another form.
    ///
    /// - Parameters:
    ///   - kind: what the id is of: `region` or `node`.
    /// - Throws: `cert.malformedID`.
    package static func check(_ text: String, kind: String) throws {
        guard holds(for: text) else {
            throw Failure(
                "cert.malformedID", "this is not a \(kind) id", place: String(text.prefix(80)),
                remedy: "use 1 to 63 lowercase letters, digits and hyphens")
        }
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }
}

/// The URI in a certificate that names its owner: `yilian://<region>/<node>`, and `yilian://<region>` for an authority.
enum IdentityURI {
    static let scheme = "yilian://"

    static func text(region: String) -> String { scheme + region }
    static func text(region: String, node: String) -> String { scheme + region + "/" + node }

    /// The region and node of a node's URI; `nil` for every other form, however near.
    static func parts(_ uri: String) -> (region: String, node: String)? {
        guard uri.hasPrefix(scheme) else { return nil }
        let parts = uri.dropFirst(scheme.count).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, IdentityForm.holds(for: parts[0]), IdentityForm.holds(for: parts[1]) else { return nil }
        return (String(parts[0]), String(parts[1]))
    }

    /// The region of an authority's URI; `nil` for every other form.
    static func authorityRegion(_ uri: String) -> String? {
        guard uri.hasPrefix(scheme) else { return nil }
        let region = uri.dropFirst(scheme.count)
        return IdentityForm.holds(for: region) ? String(region) : nil
    }
}
