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
