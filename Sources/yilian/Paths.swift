import Foundation

/// Paths as people write them.
enum Paths {
    /// The path from the root, without a slash at its end: a socket's path must not depend on the working directory.
    static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.path
    }
}
