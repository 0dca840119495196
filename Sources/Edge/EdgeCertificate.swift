package import Effects
import NIOCore
package import NIOSSL
import Regions
import Trust

/// A certificate and its key as PEM texts.
package struct EdgeCertificate: Sendable {
    /// The certificate, and the authorities between it and the root where there are any.
    package var certificatePEM: [UInt8]
    package var keyPEM: [UInt8]

    package init(certificatePEM: [UInt8], keyPEM: [UInt8]) {
        self.certificatePEM = certificatePEM
        self.keyPEM = keyPEM
    }

    /// Reads both files.
    ///
    /// - Throws: `disk.…` with the path; `key.missing`, `key.exposed` where others may read the key.
    package init(certificateFile: String, keyFile: String, disk: any Disk) throws {
        certificatePEM = try disk.read(certificateFile)
        keyPEM = Array(try PrivateFile.read(keyFile, disk: disk).utf8)
    }

    /// What TLS 1.2 may use: forward secrecy, and encryption that authenticates; no CBC.
    ///
    /// TLS 1.3 has nothing else.
    static let suites: [NIOTLSCipher] = [
        .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    ]

    /// TLS 1.2 or newer, for hospital systems.
    ///
    /// - Parameters:
    ///   - clientAuthorityPEM: whose certificates clients have to show; `nil` asks for none.
    ///   - protocols: what is spoken above TLS, by its names for ALPN, the best first; none: the client decides.
    /// - Throws: `edge.certificate`.
    package func serverContext(
        clientAuthorityPEM: [UInt8]? = nil, protocols: [String] = [], place: String
    ) throws -> NIOSSLContext {
        do {
            let chain = try NIOSSLCertificate.fromPEMBytes(certificatePEM)
            let key = try NIOSSLPrivateKey(bytes: keyPEM, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            configuration.minimumTLSVersion = .tlsv12
            configuration.cipherSuiteValues = Self.suites
            configuration.applicationProtocols = protocols
            // A client that does not say goodbye holds up no stop.
            configuration.shutdownTimeout = .seconds(1)
            if let clientAuthorityPEM {
                let authorities = try NIOSSLCertificate.fromPEMBytes(clientAuthorityPEM)
                configuration.trustRoots = .certificates(authorities)
                configuration.certificateVerification = .noHostnameVerification
            }
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw Failure(
                "edge.certificate", "the certificate, its key or the clients' authority cannot be used for TLS",
                place: place, remedy: "check that the files are PEM and that the key belongs to the certificate")
        }
    }
}
