import Effects
import Foundation

/// The Unix socket in a node's data folder: only its owner may use it.
package enum SocketFile {
    package static let name = "yilian.sock"
    static let mode: UInt32 = 0o600
    /// `sun_path` has 108 bytes on Linux, 104 elsewhere, with a zero at the end.
    static let pathBytes = 100

    /// The path in a data folder.
    ///
    /// - Throws: `console.socketPath` where the system takes no socket of such a long path.
    package static func path(in folder: String) throws -> String {
        let path = folder + "/" + name
        guard path.utf8.count <= pathBytes else {
            throw Failure(
                "console.socketPath",
                "the path of the node's socket has \(path.utf8.count) bytes, and the system takes \(pathBytes)",
                place: path, remedy: "choose a data folder with a shorter path")
        }
        return path
    }

    static func restrict(_ path: String, disk: any Disk) throws {
        do { try disk.setMode(mode, of: path) } catch {
            throw Failure("console.socketMode", "the socket cannot be kept from others", place: path)
        }
    }
}
