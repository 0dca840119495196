import Effects

/// How single values of a configuration file are read.
package enum YAMLValue {
    package static let textLimitBytes = 4096

    package static func text(_ text: String) throws -> String {
        guard text.utf8.count <= textLimitBytes else {
            throw Failure(
                "config.badValue", "the text is longer than \(textLimitBytes) bytes", remedy: "shorten it")
        }
        return text
    }

    /// A short name in the form of an id, such as `ecg-emergency`.
    package static func word(_ text: String) throws -> String {
        try NameForm.check(text, "a name of this kind")
    }

    package static func number<Number: FixedWidthInteger>(
        _ range: ClosedRange<Number>, unit: String
    ) -> (String) throws -> Number {
        { text in
            let digits = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
            guard digits, let value = Number(text), range.contains(value) else {
                throw Failure(
                    "config.badValue", "\(NameForm.shown(text)) is not a whole number of \(unit)",
                    remedy: "write a number from \(range.lowerBound) to \(range.upperBound)")
            }
            return value
        }
    }

    package static func flag(_ text: String) throws -> Bool {
        guard let value = ["true": true, "false": false][text] else {
            throw Failure(
                "config.badValue", "\(NameForm.shown(text)) is neither true nor false",
                remedy: "write true or false")
        }
        return value
    }

    package static func choice<Value: RawRepresentable<String>>(_ values: [Value]) -> (String) throws -> Value {
        { text in
            guard let value = values.first(where: { $0.rawValue == text }) else {
                throw Failure(
                    "config.badValue", "\(NameForm.shown(text)) is not one of the values that are possible here",
                    remedy: Spelling.remedy(
                        for: text, among: values.map(\.rawValue),
                        else: "write one of: " + values.map(\.rawValue).joined(separator: ", ")))
            }
            return value
        }
    }

    /// A name of a closed list; any word where there is no list.
    package static func known(_ names: [String]?, what: String) -> (String) throws -> String {
        { text in
            guard let names else { return try word(text) }
            guard names.contains(text) else {
                throw Failure(
                    "config.unknownName", "this release knows no \(what) \(NameForm.shown(text))",
                    remedy: Spelling.remedy(
                        for: text, among: names, else: "write one of: " + names.joined(separator: ", ")))
            }
            return text
        }
    }
}
