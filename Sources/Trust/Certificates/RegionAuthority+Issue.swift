import Crypto
package import Effects
import SwiftASN1
import X509

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
