package import Effects
import Foundation

/// The JSON of the operator's interface: sorted keys, plain slashes, so that the same answer is the same bytes.
package enum OperatorJSON {
    package static func bytes(_ value: some Encodable) throws -> [UInt8] {
        Array(try encoder().encode(value))
    }

    /// For files that people read.
    package static func text(_ value: some Encodable) throws -> String {
        let encoder = encoder()
        encoder.outputFormatting.insert(.prettyPrinted)
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }

    /// Reads a value; what the bytes say is never quoted, because it may be about a person.
    ///
    /// - Throws: `code`.
    package static func value<Value: Decodable>(
        _ type: Value.Type, from bytes: [UInt8], place: String?, code: Failure.Code = "console.badAnswer"
    ) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch DecodingError.keyNotFound(let key, _) {
            throw Failure(code, "the JSON lacks \"\(key.stringValue)\"", place: place)
        } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            throw Failure(code, "the JSON has a value of the wrong type at \"\(path)\"", place: place)
        } catch {
            throw Failure(code, "this is not the JSON that is wanted here", place: place)
        }
    }

    private static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
