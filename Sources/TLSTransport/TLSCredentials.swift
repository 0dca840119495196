import Effects
import NIOSSL

/// What a node proves itself with, and whom it believes; PEM texts as they stand in its files.
package struct TLSCredentials: Sendable {
    /// The node's certificate, and the authorities between it and the root where there are any.
    package var certificate: String
    package var key: String
    /// The region's authorities; several while one replaces another.
    package var roots: String

    package init(certificate: String, key: String, roots: String) {
        self.certificate = certificate
        self.key = key
        self.roots = roots
    }

    /// Whether they can be used for TLS.
    ///
    /// - Throws: `cert.unusable`.
    package func checked() throws -> TLSCredentials {
        _ = try makeContext()
        return self
    }

    /// The two contexts of NIOSSL: TLS 1.3 only, certificates on both sides, no host names.
    ///
    /// - Throws: `cert.unusable` where a text cannot be read or the key is of another certificate.
    func makeContext() throws -> NIOSSLContext {
        do {
            let chain = try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8))
            let authorities = try NIOSSLCertificate.fromPEMBytes(Array(roots.utf8))
            guard !chain.isEmpty, !authorities.isEmpty else {
                throw Failure("cert.unusable", "there is no certificate of the node or none of the region's authority")
            }
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)))
            configuration.minimumTLSVersion = .tlsv13
            configuration.maximumTLSVersion = .tlsv13
            configuration.trustRoots = .certificates(authorities)
            // A peer is known by the node in its certificate, and not by a host name that it is reached by.
            configuration.certificateVerification = .noHostnameVerification
            configuration.applicationProtocols = [Self.applicationProtocol]
            return try NIOSSLContext(configuration: configuration)
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(
                "cert.unusable", "the node's certificate, its key or the region's authority cannot be used for TLS",
                remedy: "check the three PEM files; `yilian cert issue` writes them")
        }
    }

    static let applicationProtocol = "yilian/1"
}
