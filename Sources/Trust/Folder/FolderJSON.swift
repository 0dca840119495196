import Effects
import Foundation

/// The JSON of an authority's folder: sorted keys, one value per line, so that differences are readable.
enum FolderJSON {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }

    static func value<Value: Decodable>(
        _ type: Value.Type, from text: String, place: String, code: Failure.Code = "cert.malformedFile"
    ) throws -> Value {
        do { return try JSONDecoder().decode(type, from: Data(text.utf8)) } catch {
            // The decoder's own words may quote the file, and the file may be a key.
            throw Failure(
                code, "the file is not what Yilian wrote here", place: place, remedy: "restore it from a backup")
        }
    }
}
