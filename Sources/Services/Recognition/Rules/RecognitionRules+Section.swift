import Effects
package import Regions
import SwiftProtobuf

extension RecognitionRules: RegionSection {
    package static let name = "recognition"
    package static let keys = ["recognition"]
    package static let unwritten = RecognitionRules.none

    /// Reads the files that `recognition` names; together they are the region's rules.
    package init(_ file: inout RegionFileReader) {
        let (files, isComplete) = file.filesBeside(
            "recognition", what: "a recognition file", keys: RecognitionFileReader.keys)
        var reader = RecognitionFileReader()
        for root in files { reader.read(root) }
        for (item, mapping) in reader.places { file.place(item, at: mapping) }
        for name in reader.excused { file.excuse(name) }
        // Where a file is missing, everything that mentions what it holds would be reported too.
        self = isComplete ? reader.rules : .none
    }

    package func check(in checker: inout RegionChecker) { checker.checkRecognition() }

    package func wireBytes() throws -> [UInt8] {
        do { return try message.serializedBytes() } catch { throw Self.unreadable }
    }

    package init(wireBytes bytes: [UInt8]) throws {
        let message: PBRecognitionRules
        do { message = try PBRecognitionRules(serializedBytes: bytes) } catch { throw Self.unreadable }
        try self.init(message)
    }
}

extension RegionConfiguration {
    /// What is agreed about mutual recognition.
    package var recognition: RecognitionRules {
        get { section(RecognitionRules.self) }
        set { set(newValue) }
    }
}
