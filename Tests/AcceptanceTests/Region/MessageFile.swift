import Effects
import Foundation

/// A message as it lies in a folder.
struct MessageFile: Sendable, CustomStringConvertible {
    var name: String
    var bytes: [UInt8]

    var description: String { name }

    var isFHIR: Bool {
        bytes.first { $0 > 0x20 && $0 < 0x80 } == UInt8(ascii: "{")
    }

    var reports: [ForeignReport] {
        get throws { isFHIR ? try ForeignFHIR(bytes).reports : try ForeignHL7(bytes).reports }
    }

    /// The name without its ending: two files of one stem are one report in two forms.
    var stem: String {
        String(name.split(separator: "/").last ?? "").split(separator: ".").dropLast().joined(separator: ".")
    }
}

/// The folders whose messages have to be taken.
enum MessageFolder {
    private static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
    static let demo = project + "/Nodes/demo/messages"

    /// The folder of real, foreign messages; says loudly where there is none.
    static let samples: String? = {
        let named = ProcessInfo.processInfo.environment["YILIAN_SAMPLES"].flatMap { $0.isEmpty ? nil : $0 }
        if named == nil {
            print(
                """

                *** YILIAN_SAMPLES IS NOT SET: no real, foreign message is looked at. ***
                *** Set it to a folder with hl7v2/ and fhir/; this project's own messages are used alone. ***

                """)
        }
        return named
    }()

    /// All messages of `hl7v2/` and `fhir/` of a folder, or of the folder itself.
    static func files(_ folder: String) throws -> [MessageFile] {
        let disk = SystemDisk()
        let names = try disk.list(folder)
        let parts = names.filter { ["hl7v2", "fhir"].contains($0) }
        let folders = parts.isEmpty ? [""] : parts.sorted(by: >)
        return try folders.flatMap { part -> [MessageFile] in
            let path = part.isEmpty ? folder : folder + "/" + part
            return try disk.list(path).sorted().filter { name in
                [".hl7", ".fhir", ".json", ".txt"].contains { name.lowercased().hasSuffix($0) }
            }.map { MessageFile(name: $0, bytes: try disk.read(path + "/" + $0, limitBytes: 64 << 20)) }
        }
    }

    static func demoFiles() -> [MessageFile] { (try? files(demo)) ?? [] }
    static func sampleFiles() -> [MessageFile] { samples.flatMap { try? files($0) } ?? [] }
}
