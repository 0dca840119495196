import Effects
import Foundation

/// Inputs that once went wrong, each of which stands for a kind of fault.
///
/// `Cases/README.md` says what is right for each.
package enum EdgeCases {
    private static let folder =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Cases"
    private static let limitBytes = 1 << 20

    package static func bytes(_ name: String) throws -> [UInt8] {
        try SystemDisk().read(folder + "/" + name, limitBytes: limitBytes)
    }

    /// The names of all inputs that end so, in their order.
    package static func names(ending: String) throws -> [String] {
        try SystemDisk().list(folder).filter { $0.hasSuffix(ending) }.sorted()
    }
}
