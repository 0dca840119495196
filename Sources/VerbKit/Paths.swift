import Foundation

/// Paths as people write them.
package enum Paths {
    /// The path from the root, without a slash at its end: a socket's path must not depend on the working directory.
    package static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.path
    }
}
