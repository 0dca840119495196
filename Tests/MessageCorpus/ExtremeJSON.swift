import Foundation

/// Writes extreme values into every field of a JSON document, one field at a time, and into fields that it does not
/// have.
package enum ExtremeJSON {
    /// What was bent, for whoever looks for the reason, and the bent document.
    package struct Variant: Sendable {
        package var place: String
        package var text: String
    }

    /// As JSON spells them: no type of Swift holds all of these.
    private static let literals: [String] =
        ExtremeForms.numbers.map(String.init) + [
            "-1", "-9223372036854775808", "9223372036854775808", "-0.5", "1e308", "1e400", "null", "true", "[]", "{}",
            String(repeating: "[", count: 600) + String(repeating: "]", count: 600),
        ] + ExtremeForms.words.compactMap(quoted)

    private static func quoted(_ text: String) -> String? {
        (try? JSONEncoder().encode([text])).map { String(decoding: $0.dropFirst().dropLast(), as: UTF8.self) }
    }

    /// - Returns: nothing where the bytes are no JSON.
    package static func variants(of bytes: [UInt8]) -> [Variant] {
        guard let document = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed) else {
            return []
        }
        var all: [Variant] = []
        walk(document, place: "") { place, holed in
            for literal in literals {
                guard let text = text(of: holed(hole)) else { continue }
                all.append(
                    Variant(
                        place: "\(place)=\(literal.prefix(24))",
                        text: text.replacingOccurrences(of: "\"\(hole)\"", with: literal)))
            }
        } otherwise: { place, changed in
            if let text = text(of: changed) { all.append(Variant(place: place, text: text)) }
        }
        return all
    }

    private static let hole = "@@here@@"

    /// A document around something else in the place of one of its values.
    private typealias Holed = (Any) -> Any

    private static func text(of document: Any) -> String? {
        (try? JSONSerialization.data(withJSONObject: document, options: [.fragmentsAllowed, .sortedKeys])).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// Calls `visit` with each value and a way to put something else in its place, and `otherwise` with documents that
    /// have a field less, one more, or a list with more of the same.
    private static func walk(
        _ value: Any, place: String, _ visit: (String, Holed) -> Void, otherwise: (String, Any) -> Void,
        around: @escaping Holed = { $0 }
    ) {
        visit(place, around)
        if let object = value as? [String: Any] {
            for key in object.keys.sorted() {
                var without = object
                let inner = without.removeValue(forKey: key) ?? NSNull()
                otherwise("\(place).\(key)×0", around(without))
                walk(inner, place: "\(place).\(key)", visit, otherwise: otherwise) { changed in
                    var copy = object
                    copy[key] = changed
                    return around(copy)
                }
            }
            var more = object
            more["limit"] = more["limit"] ?? -1
            more["unknown"] = Array(repeating: object, count: 3)
            otherwise("\(place)+", around(more))
        } else if let list = value as? [Any] {
            for count in [0, 2, 300] {
                otherwise("\(place)×\(count)", around((0..<count).flatMap { _ in list }))
            }
            guard let first = list.first else { return }
            walk(first, place: "\(place)[0]", visit, otherwise: otherwise) { changed in
                around([changed] + list.dropFirst())
            }
        }
    }
}
