import Crypto
package import Effects
import Foundation
import SwiftASN1
import X509

/// A region's certificate authority: an ECDSA P-256 key and its self-signed certificate.
///
/// Descriptions never show the key.
package struct RegionAuthority: Sendable, CustomStringConvertible, CustomReflectable {
    package static let defaultValidityDays = 3650
    package static let longestValidityDays = 7300

    package let regionID: String
    package let certificateDER: [UInt8]
    package let notAfter: WallTime
    let certificate: Certificate
    let key: P256.Signing.PrivateKey

    /// A new authority.
    ///
    /// - Parameters:
    ///   - world: gives the time and the serial number; the key comes from the cryptographic library.
    /// - Throws: `cert.malformedID`, `cert.malformedValidity`.
    package static func create(
        regionID: String, validityDays: Int = defaultValidityDays, world: World
    ) throws -> RegionAuthority {
        try IdentityForm.check(regionID, kind: "region")
        let key = P256.Signing.PrivateKey()
        let certificateKey = Certificate.PrivateKey(key)
        let period = try CertificatePeriod(now: world.time.wallTime, days: validityDays, longest: longestValidityDays)
        let name = try DistinguishedName {
            OrganizationName("Yilian")
            CommonName(regionID)
        }
        let identifier = SubjectKeyIdentifier(hash: certificateKey.publicKey)
        let certificate = try Certificate(
            version: .v3, serialNumber: CertificatePeriod.serial(world.random), publicKey: certificateKey.publicKey,
            notValidBefore: period.notBefore, notValidAfter: period.notAfter, issuer: name, subject: name,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                identifier
                SubjectAlternativeNames([.uniformResourceIdentifier(IdentityURI.text(region: regionID))])
            }, issuerPrivateKey: certificateKey)
        return try RegionAuthority(certificate: certificate, key: key)
    }

    /// An authority from its files.
    ///
    /// - Throws: `cert.malformed`, `cert.wrongKey` where key and certificate are not a pair, `cert.notAuthority`.
    package init(certificatePEM: String, keyPEM: String) throws {
        guard let der = try NodeCertificate.der(pem: certificatePEM).first else {
            throw Failure("cert.malformed", "there is no PEM certificate")
        }
        guard let key = try? P256.Signing.PrivateKey(pemRepresentation: keyPEM) else {
            throw Failure("key.malformed", "the authority's key is not a P-256 key in PEM form")
        }
        try self.init(certificate: try NodeCertificate.parse(der), key: key)
    }

    private init(certificate: Certificate, key: P256.Signing.PrivateKey) throws {
        guard try NodeCertificate.isAuthority(certificate) else {
            throw Failure(
                "cert.notAuthority", "this is not an authority's certificate",
                remedy: "make one with `yilian cert init` or Certs/profiles/ca.cnf")
        }
        guard certificate.publicKey == Certificate.PrivateKey(key).publicKey else {
            throw Failure(
                "cert.wrongKey", "the authority's key is not the one of its certificate",
                remedy: "restore ca.key and ca.crt from one backup")
        }
        guard let region = IdentityURI.authorityRegion(try NodeCertificate.onlyURI(of: certificate)) else {
            throw Failure(
                "cert.foreignIdentity", "the authority's URI is not of the form yilian://<region>",
                remedy: "make it with `yilian cert init` or Certs/profiles/ca.cnf")
        }
        var serializer = DER.Serializer()
        try serializer.serialize(certificate)
        regionID = region
        certificateDER = serializer.serializedBytes
        notAfter = NodeCertificate.wallTime(certificate.notValidAfter)
        self.certificate = certificate
        self.key = key
    }

    package var serial: String { NodeCertificate.serial(of: certificate) }
    package var certificatePEM: String { NodeCertificate.pem(der: certificateDER) }
    /// For a file of mode 0600 and nothing else.
    package var keyPEM: String { key.pemRepresentation + "\n" }

    package var description: String { "authority of \(regionID), certificate \(serial)" }
    package var customMirror: Mirror { Mirror(self, children: ["regionID": regionID, "serial": serial]) }
}

/// A certificate and key that an authority has just issued to a node.
package struct IssuedCertificate: Sendable, CustomStringConvertible, CustomReflectable {
    package let identity: CertificateIdentity
    package let certificateDER: [UInt8]
    /// For a file of mode 0600 and nothing else.
    package let keyPEM: String

    package var certificatePEM: String { NodeCertificate.pem(der: certificateDER) }
    package var description: String { "\(identity)" }
    package var customMirror: Mirror { Mirror(self, children: ["identity": identity]) }
}

extension RegionAuthority {
    package static let defaultNodeValidityDays = 397
    package static let longestNodeValidityDays = 3650

    /// Issues a node's certificate with a new P-256 key, for both ends of a TLS connection.
    ///
    /// - Parameters:
    ///   - node: the node's id.
    ///   - hosts: what clients that check host names find beside the identity.
    /// - Throws: `cert.malformedID`, `cert.malformedHost`, `cert.malformedValidity`; `cert.outlivesAuthority`.
    package func issue(
        node: String, validityDays: Int = defaultNodeValidityDays, hosts: CertificateHosts = .loopback, world: World
    ) throws -> IssuedCertificate {
        try IdentityForm.check(node, kind: "node")
        let period = try CertificatePeriod(
            now: world.time.wallTime, days: validityDays, longest: Self.longestNodeValidityDays)
        guard period.end <= notAfter else {
            throw Failure(
                "cert.outlivesAuthority",
                "the certificate would outlive its authority, which ends at \(notAfter.chinaText)",
                remedy: "give fewer days, or make a new authority")
        }
        let key = P256.Signing.PrivateKey()
        let certificate = try makeCertificate(
            node: node, publicKey: Certificate.PrivateKey(key).publicKey, period: period,
            names: hosts.generalNames(), serial: CertificatePeriod.serial(world.random))
        var serializer = DER.Serializer()
        try serializer.serialize(certificate)
        let der = serializer.serializedBytes
        return IssuedCertificate(
            identity: try NodeCertificate.identity(der: der), certificateDER: der,
            keyPEM: key.pemRepresentation + "\n")
    }

    private func makeCertificate(
        node: String, publicKey: Certificate.PublicKey, period: CertificatePeriod, names: [GeneralName],
        serial: Certificate.SerialNumber
    ) throws -> Certificate {
        let subject = try DistinguishedName {
            OrganizationName(regionID)
            CommonName(node)
        }
        let authorityKey = Certificate.PrivateKey(self.key)
        let authorityIdentifier =
            (try certificate.extensions.subjectKeyIdentifier ?? SubjectKeyIdentifier(hash: authorityKey.publicKey))
            .keyIdentifier
        let identity = GeneralName.uniformResourceIdentifier(IdentityURI.text(region: regionID, node: node))
        return try Certificate(
            version: .v3, serialNumber: serial, publicKey: publicKey, notValidBefore: period.notBefore,
            notValidAfter: period.notAfter, issuer: certificate.subject, subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth, .clientAuth])
                SubjectKeyIdentifier(hash: publicKey)
                AuthorityKeyIdentifier(keyIdentifier: authorityIdentifier)
                SubjectAlternativeNames([identity] + names)
            }, issuerPrivateKey: authorityKey)
    }
}

/// From when to when a new certificate is valid, and its serial number.
struct CertificatePeriod {
    /// A certificate begins an hour before it is made, so that a peer whose clock is behind accepts it.
    static let backdatedMilliseconds: Int64 = 3_600_000

    let notBefore: Date
    let notAfter: Date
    let end: WallTime

    init(now: WallTime, days: Int, longest: Int) throws {
        guard (1...longest).contains(days) else {
            throw Failure(
                "cert.malformedValidity", "a certificate cannot be valid for \(days) days",
                remedy: "give 1 to \(longest) days")
        }
        end = now.advanced(byMilliseconds: Int64(days) * 86_400_000)
        notBefore = Self.date(now.advanced(byMilliseconds: -Self.backdatedMilliseconds))
        notAfter = Self.date(end)
    }

    /// Twenty random bytes; the first is from 0x40 to 0x7F, so that the number is positive and always as long.
    static func serial(_ random: any RandomSource) -> Certificate.SerialNumber {
        var bytes = random.bytes(20)
        bytes[0] = bytes[0] & 0x3F | 0x40
        return Certificate.SerialNumber(bytes: bytes)
    }

    private static func date(_ time: WallTime) -> Date {
        Date(timeIntervalSince1970: Double(time.milliseconds / 1000))
    }
}
