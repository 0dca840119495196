package import Effects
import NodeRuntime
package import Regions

/// The files that a node's listeners need, looked at without listening.
package enum EdgeFiles {
    /// Everything that would keep the listeners from starting: certificates, keys, tokens, purposes.
    ///
    /// - Parameters:
    ///   - resolve: where a path of the configuration is.
    ///   - disk: where the files lie.
    package static func failures(
        mllp: [MLLPListener], https: HTTPSListener?, resolve: (String) -> String, disk: any Disk
    ) -> [Failure] {
        var failures: [Failure] = []
        func attempt(_ body: () throws -> Void) {
            do { try body() } catch let failure as Failure { failures.append(failure) } catch {
                failures.append(Failure("edge.certificate", "a listener's files cannot be used"))
            }
        }
        for listener in mllp {
            guard let tls = listener.tls else { continue }
            attempt {
                let certificate = try EdgeCertificate(
                    certificateFile: resolve(tls.certificateFile), keyFile: resolve(tls.keyFile), disk: disk)
                let authority = try tls.clientAuthorityFile.map { try disk.read(resolve($0)) }
                _ = try certificate.serverContext(
                    clientAuthorityPEM: authority, place: resolve(tls.certificateFile))
            }
        }
        if let https, let file = https.certificateFile, let key = https.keyFile {
            attempt {
                _ = try EdgeCertificate(certificateFile: resolve(file), keyFile: resolve(key), disk: disk)
                    .serverContext(place: resolve(file))
            }
        }
        var owners: [[UInt8]: String] = [:]
        for system in https?.systems ?? [] {
            attempt { _ = try TokenBook.purpose(of: system, among: ServiceList.purposes) }
            attempt {
                let path = resolve(system.tokenFile)
                if let other = owners.updateValue(system.name, forKey: try TokenBook.read(path, disk: disk)) {
                    throw Failure(
                        "edge.sameToken", "systems '\(other)' and '\(system.name)' have the same token", place: path,
                        remedy: "give each system its own: `openssl rand -hex 32`")
                }
            }
        }
        return failures
    }
}
