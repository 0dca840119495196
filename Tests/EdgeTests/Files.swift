import Effects
import Foundation

/// The messages of the demo, and the real ones of the folder that `YILIAN_SAMPLES` names.
enum Files {
    struct File: Sendable, CustomStringConvertible {
        var name: String
        var bytes: [UInt8]
        var description: String { name }
    }

    static let demo =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path + "/Nodes/demo/messages"
    static let samples = ProcessInfo.processInfo.environment["YILIAN_SAMPLES"].flatMap { $0.isEmpty ? nil : $0 }

    static func all(in folder: String, ending: String = "") throws -> [File] {
        let disk = SystemDisk()
        return try disk.list(folder).filter { $0.hasSuffix(ending) }.map {
            File(name: $0, bytes: try disk.read(folder + "/" + $0, limitBytes: 64 << 20))
        }
    }

    static func one(_ name: String) throws -> [UInt8] {
        try SystemDisk().read(demo + "/" + name, limitBytes: 64 << 20)
    }

    /// Says loudly, once per test that needs them, that the samples are not there.
    static func areSamplesMissing(_ test: String = #function) -> Bool {
        guard samples == nil else { return false }
        print("*** YILIAN_SAMPLES IS NOT SET: \(test) looks at this project's own messages only ***")
        return true
    }
}
