package import Effects

/// What somebody fills in: declared once; the check, the JSON, the verbs' options, the page and the print follow from it.
package struct CaseForm: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case text(limitBytes: Int)
        /// One of a list's words.
        case code([String])
        /// A day, as 2026-12-01.
        case day
    }

    package struct Field: Sendable, Equatable {
        package var name: String
        package var kind: Kind
        package var isRequired: Bool
        package var label: Wording

        package init(_ name: String, _ kind: Kind, isRequired: Bool = false, _ english: String, _ chinese: String) {
            self.name = name
            self.kind = kind
            self.isRequired = isRequired
            label = Wording(english, chinese)
        }
    }

    package var fields: [Field]
    /// Whether one field at least must say something, where none is required by itself.
    package var needsAny: Bool

    package init(_ fields: [Field], needsAny: Bool = false) {
        self.fields = fields
        self.needsAny = needsAny
    }

    /// What is wrong with what somebody filled in.
    package enum Problem: Sendable, Equatable {
        case unknown(field: String)
        case missing(field: String)
        case tooLong(field: String, limitBytes: Int)
        case notAmong(field: String, [String])
        case noDay(field: String)
        case empty
    }

    package func problem(in values: [String: String]) -> Problem? {
        if let unknown = values.keys.sorted().first(where: { name in !fields.contains { $0.name == name } }) {
            return .unknown(field: unknown)
        }
        for field in fields {
            let value = values[field.name] ?? ""
            if value.isEmpty {
                if field.isRequired { return .missing(field: field.name) }
            } else if let problem = field.problem(in: value) {
                return problem
            }
        }
        return needsAny && values.values.allSatisfy(\.isEmpty) ? .empty : nil
    }
}

extension CaseForm.Field {
    fileprivate func problem(in value: String) -> CaseForm.Problem? {
        switch kind {
        case .text(let limit):
            return value.utf8.count <= limit ? nil : .tooLong(field: name, limitBytes: limit)
        case .code(let words):
            return words.contains(value) ? nil : .notAmong(field: name, words)
        case .day:
            let isDay = value.utf8.count == 10 && (try? WallTime(recorded: value)) != nil
            return isDay ? nil : .noDay(field: name)
        }
    }
}
