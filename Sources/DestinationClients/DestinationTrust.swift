import Effects
import NIOCore
import NIOSSL
import Regions

/// Which certificates of hospitals' systems are believed: those of the CA that the node's file names, and none else.
enum DestinationTrust {
    /// - Throws: `destination.certificate`, `disk.…`.
    static func context(_ authorityFile: String, disk: any Disk) throws -> NIOSSLContext {
        do { return try NIOSSLContext(configuration: try configuration(authorityFile, disk: disk)) } catch {
            throw (error as? Failure) ?? unreadable(authorityFile)
        }
    }

    static func configuration(_ authorityFile: String, disk: any Disk) throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        let pem = try disk.read(authorityFile)
        do {
            let authorities = try NIOSSLCertificate.fromPEMBytes(pem)
            guard !authorities.isEmpty else { throw unreadable(authorityFile) }
            configuration.trustRoots = .certificates(authorities)
        } catch {
            throw unreadable(authorityFile)
        }
        return configuration
    }

    /// An address has no name to be asked for; its certificate is checked for the address then.
    static func handler(_ context: NIOSSLContext, host: String) throws -> NIOSSLClientHandler {
        try NIOSSLClientHandler(context: context, serverHostname: IPAddress(host) == nil ? host : nil)
    }

    private static func unreadable(_ file: String) -> Failure {
        Failure(
            "destination.certificate", "the authority's certificate of a destination cannot be read", place: file,
            remedy: "bring the PEM file of the CA that signed the system's certificate")
    }
}
