import Effects
import Foundation
import SwiftASN1
import X509

/// Reads what Yilian needs to know of a node's X.509 certificate.
package enum NodeCertificate {
    /// The identity in a certificate's subject alternative names.
    ///
    /// The certificate must hold exactly one URI, and that one must be `yilian://<region>/<node>`: a second URI of any
    /// kind could mean somebody else to another reader. DNS names and addresses beside it are for browsers and are not
    /// looked at. Neither the signature nor the dates are judged here.
    ///
    /// - Throws: `cert.malformed`, `cert.isAuthority`, `cert.noIdentity`, `cert.ambiguousIdentity`,
    ///   `cert.foreignIdentity`; each says what is wrong.
    package static func identity(der: [UInt8]) throws -> CertificateIdentity {
        let certificate = try parse(der)
        if try isAuthority(certificate) {
            throw Failure(
                "cert.isAuthority", "this is an authority's certificate, not a node's",
                remedy: "give the node the certificate that was issued to it")
        }
        let uri = try onlyURI(of: certificate)
        guard let (region, node) = IdentityURI.parts(uri) else {
            throw Failure(
                "cert.foreignIdentity", "the certificate's URI is not of the form yilian://<region>/<node>",
                place: String(uri.prefix(160)), remedy: "issue it with `yilian cert issue` or Certs/profiles/node.cnf")
        }
        return CertificateIdentity(
            region: region, node: node, serial: serial(of: certificate),
            notBefore: wallTime(certificate.notValidBefore),
            notAfter: wallTime(certificate.notValidAfter))
    }

    /// The DER bytes of every certificate in a PEM text, in its order.
    ///
    /// - Throws: `cert.malformed` where there is none.
    package static func der(pem: String) throws -> [[UInt8]] {
        let documents = (try? PEMDocument.parseMultiple(pemString: pem)) ?? []
        let certificates = documents.filter { $0.discriminator == "CERTIFICATE" }.map(\.derBytes)
        guard !certificates.isEmpty else {
            throw Failure("cert.malformed", "there is no PEM certificate", remedy: "give a file with BEGIN CERTIFICATE")
        }
        return certificates
    }

    /// The region, serial number and validity of an authority's certificate; one of the operator's own may name no region.
    ///
    /// - Throws: `cert.malformed`.
    static func authority(
        pem: String
    ) throws -> (region: String, serial: String, notBefore: WallTime, notAfter: WallTime) {
        guard let der = try der(pem: pem).first else { throw Failure("cert.malformed", "there is no PEM certificate") }
        let certificate = try parse(der)
        let region = (try? onlyURI(of: certificate)).flatMap(IdentityURI.authorityRegion)
        return (
            region ?? "ca.crt", serial(of: certificate), wallTime(certificate.notValidBefore),
            wallTime(certificate.notValidAfter)
        )
    }

    /// The DNS names and addresses that a certificate carries beside its identity.
    package static func hosts(der: [UInt8]) throws -> CertificateHosts {
        try CertificateHosts(of: try parse(der))
    }

    /// Whether a node's certificate was issued by one of the authorities, over the others of its chain where there are any.
    ///
    /// - Parameter chain: the node's own first; dates are not judged.
    package static func isIssued(_ chain: [[UInt8]], under roots: [[UInt8]]) -> Bool {
        var left = chain[...]
        while let certificate = left.popFirst() {
            if roots.contains(where: { isSigned(der: certificate, by: $0) }) { return true }
            guard let issuer = left.first, isSigned(der: certificate, by: issuer) else { return false }
        }
        return false
    }

    /// Whether a key is the one of a certificate; nil where either cannot be read here.
    package static func isPair(der: [UInt8], keyPEM: String) -> Bool? {
        guard let certificate = try? parse(der), let key = try? Certificate.PrivateKey(pemEncoded: keyPEM) else {
            return nil
        }
        return certificate.publicKey == key.publicKey
    }

    /// A certificate as PEM text.
    package static func pem(der: [UInt8]) -> String {
        PEMDocument(type: "CERTIFICATE", derBytes: der).pemString + "\n"
    }

    /// Whether the issuer's key really signed the certificate, and the issuer is an authority; dates are not judged.
    package static func isSigned(der: [UInt8], by issuer: [UInt8]) -> Bool {
        guard let certificate = try? parse(der), let issuer = try? parse(issuer), (try? isAuthority(issuer)) == true
        else { return false }
        return certificate.issuer == issuer.subject
            && issuer.publicKey.isValidSignature(certificate.signature, for: certificate)
    }

    static func parse(_ der: [UInt8]) throws -> Certificate {
        guard der.count <= Limits.certificateBytes, let certificate = try? Certificate(derEncoded: der) else {
            throw Failure("cert.malformed", "these bytes are not an X.509 certificate")
        }
        return certificate
    }

    static func isAuthority(_ certificate: Certificate) throws -> Bool {
        do {
            switch try certificate.extensions.basicConstraints {
            case .isCertificateAuthority: return true
            case .notCertificateAuthority, nil: return false
            }
        } catch {
            throw Failure("cert.malformed", "the certificate's basic constraints cannot be read")
        }
    }

    static func onlyURI(of certificate: Certificate) throws -> String {
        let names: SubjectAlternativeNames?
        do { names = try certificate.extensions.subjectAlternativeNames } catch {
            throw Failure("cert.malformed", "the certificate's subject alternative names cannot be read")
        }
        var uris: [String] = []
        for case .uniformResourceIdentifier(let uri)? in names.map({ Array($0) }) ?? [] { uris.append(uri) }
        guard let uri = uris.first else {
            throw Failure(
                "cert.noIdentity", "the certificate has no URI among its subject alternative names",
                remedy: "issue it with `yilian cert issue` or Certs/profiles/node.cnf")
        }
        guard uris.count == 1 else {
            throw Failure(
                "cert.ambiguousIdentity", "the certificate has \(uris.count) URIs where one is wanted",
                remedy: "issue one certificate per node")
        }
        return uri
    }

    static func serial(of certificate: Certificate) -> String {
        let bytes = certificate.serialNumber.bytes.drop { $0 == 0 }
        return bytes.isEmpty ? "00" : Hex.text(bytes)
    }

    static func wallTime(_ date: Date) -> WallTime {
        WallTime(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded()))
    }
}
