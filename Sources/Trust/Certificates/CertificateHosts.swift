import Effects
import SwiftASN1
import X509

/// The DNS names and addresses that a certificate carries beside its identity, for clients that check a host name.
package struct CertificateHosts: Equatable, Sendable {
    package var dnsNames: [String]
    package var ipAddresses: [String]

    package init(dnsNames: [String], ipAddresses: [String]) {
        self.dnsNames = dnsNames
        self.ipAddresses = ipAddresses
    }

    /// `localhost` and 127.0.0.1.
    package static let loopback = CertificateHosts(dnsNames: ["localhost"], ipAddresses: ["127.0.0.1"])

    /// No name at all.
    package static let none = CertificateHosts(dnsNames: [], ipAddresses: [])

    /// All names, for people.
    package var names: [String] { dnsNames + ipAddresses }

    /// These names and those of `other` that are not among them.
    package func adding(_ other: CertificateHosts) -> CertificateHosts {
        CertificateHosts(
            dnsNames: dnsNames + other.dnsNames.filter { !dnsNames.contains($0) },
            ipAddresses: ipAddresses + other.ipAddresses.filter { !ipAddresses.contains($0) })
    }

    /// These names without some.
    ///
    /// - Throws: `cert.noSuchName` for one that is not among them.
    package func dropping(_ names: [String]) throws -> CertificateHosts {
        for name in names where !self.names.contains(name) {
            throw Failure(
                "cert.noSuchName", "the certificate before does not carry this name", place: String(name.prefix(80)),
                remedy: "it carries: \(self.names.joined(separator: ", "))")
        }
        return CertificateHosts(
            dnsNames: dnsNames.filter { !names.contains($0) }, ipAddresses: ipAddresses.filter { !names.contains($0) })
    }

    /// The names that a certificate carries.
    init(of certificate: Certificate) throws {
        self = .none
        guard let names = try certificate.extensions.subjectAlternativeNames else { return }
        for name in names {
            switch name {
            case .dnsName(let name): dnsNames.append(name)
            case .ipAddress(let octets): ipAddresses.append(Self.text(Array(octets.bytes)))
            default: continue
            }
        }
    }

    private static func text(_ address: [UInt8]) -> String {
        guard address.count == 16 else { return address.map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map { UInt16(address[$0]) << 8 | UInt16(address[$0 + 1]) }
        return groups.map { String($0, radix: 16) }.joined(separator: ":")
    }

    func generalNames() throws -> [GeneralName] {
        try dnsNames.map(Self.dnsName) + ipAddresses.map(Self.address)
    }

    private static func dnsName(_ name: String) throws -> GeneralName {
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard name.utf8.count <= 253, labels.allSatisfy({ IdentityForm.holds(for: $0.lowercased()) }) else {
            throw Failure(
                "cert.malformedHost", "this is not a DNS name", place: String(name.prefix(80)),
                remedy: "give a name like lis.example.org")
        }
        return .dnsName(name)
    }

    private static func address(_ text: String) throws -> GeneralName {
        guard let bytes = addressBytes(text) else {
            throw Failure(
                "cert.malformedHost", "this is not an IPv4 or IPv6 address", place: String(text.prefix(80)),
                remedy: "give an address like 10.1.2.3 or fd00::1")
        }
        return .ipAddress(ASN1OctetString(contentBytes: bytes[...]))
    }

    static func addressBytes(_ text: String) -> [UInt8]? {
        text.contains(":") ? ipv6Bytes(text) : ipv4Bytes(text)
    }

    private static func ipv4Bytes(_ text: String) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let bytes = parts.compactMap { part in part.allSatisfy(\.isNumber) ? UInt8(part) : nil }
        return parts.count == 4 && bytes.count == 4 ? bytes : nil
    }

    /// RFC 4291 §2.2 forms 1 and 2: groups of hexadecimal digits, at most one `::`.
    private static func ipv6Bytes(_ text: String) -> [UInt8]? {
        guard text.utf8.count <= 39 else { return nil }
        let halves = text.split(separator: "::", omittingEmptySubsequences: false)
        guard halves.count <= 2 else { return nil }
        var groups: [[UInt8]] = []
        for half in halves {
            var bytes: [UInt8] = []
            for group in half.isEmpty ? [] : half.split(separator: ":", omittingEmptySubsequences: false) {
                guard (1...4).contains(group.utf8.count), group.allSatisfy(\.isHexDigit),
                    let value = UInt16(group, radix: 16)
                else { return nil }
                bytes += [UInt8(value >> 8), UInt8(value & 255)]
            }
            groups.append(bytes)
        }
        let known = groups.reduce(0) { $0 + $1.count }
        guard halves.count == 2 ? known <= 14 : known == 16 else { return nil }
        return groups[0] + [UInt8](repeating: 0, count: 16 - known) + (halves.count == 2 ? groups[1] : [])
    }
}
