import Effects
import Edge
import Regions
import TLSTransport
import Trust

/// A node's certificate, its key and the authority, as they stand in its files at one moment.
struct NodeCredentials: Sendable {
    let tls: TLSCredentials
    let identity: CertificateIdentity
    let edge: EdgeCertificate

    /// - Throws: `key.exposed`, `cert.…`, each with the file; `node.otherCertificate` where the certificate names another
    ///   node or region, `node.otherAuthority` where none of the authorities issued it, `node.otherTLSKey` where the key
    ///   is of another certificate.
    init(_ folder: NodeFolder, region: RegionID) throws {
        let file = folder.file
        let path = file.resolved(file.certificateFile)
        let certificate = try folder.disk.readText(path)
        let keyPath = file.resolved(file.certificateKeyFile)
        let key = try PrivateFile.read(keyPath, disk: folder.disk)
        let rootsPath = file.resolved(file.authorityFile)
        let roots = try folder.disk.readText(rootsPath)
        let chain = try Failure.naming(path) { try NodeCertificate.der(pem: certificate) }
        let authorities = try Failure.naming(rootsPath) { try NodeCertificate.der(pem: roots) }
        guard let der = chain.first else {
            throw Failure("cert.malformed", "there is no PEM certificate", place: path)
        }
        identity = try Failure.naming(path) { try NodeCertificate.identity(der: der) }
        guard identity.node == file.node.rawValue, identity.region == region.rawValue else {
            throw Failure(
                "node.otherCertificate",
                "the certificate is of node '\(identity.node)' of region '\(identity.region)', this is '\(file.node)'",
                place: path, remedy: "bring the certificate that `yilian cert issue` wrote for this node")
        }
        guard NodeCertificate.isIssued(chain, under: authorities) else {
            throw Failure(
                "node.otherAuthority", "the authority of this file did not issue the node's certificate",
                place: rootsPath,
                remedy:
                    "bring the ca.crt of the region's authority, which lies beside the certificate that `yilian cert "
                    + "issue` wrote")
        }
        guard NodeCertificate.isPair(der: der, keyPEM: key) != false else {
            throw Failure(
                "node.otherTLSKey", "this key is not the one of the certificate \(path)", place: keyPath,
                remedy: "bring tls.key and tls.crt together, as one `yilian cert issue` or `cert renew` wrote them")
        }
        // The certificates were read above; what TLS cannot use is the key.
        tls = try Failure.naming(keyPath) {
            try TLSCredentials(certificate: certificate, key: key, roots: roots).checked()
        }
        edge = EdgeCertificate(certificatePEM: Array(certificate.utf8), keyPEM: Array(key.utf8))
    }
}
