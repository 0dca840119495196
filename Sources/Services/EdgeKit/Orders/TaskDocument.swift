package import FHIR

/// A Task as a hospital's system wants it to be from now on.
package enum TaskDocument: Sendable {
    case whole(FHIRResource)
    /// A JSON Patch (RFC 6902): `add` and `replace`.
    case patch(JSONValue)

    /// What a Task may hold besides what is changed: what this server writes into one, and its narrative.
    private static let others: Set<String> = [
        "resourceType", "id", "meta", "language", "text", "identifier", "intent", "code", "focus", "authoredOn",
        "lastModified", "requester", "restriction",
    ]

    /// What is to change.
    ///
    /// - Parameter changing: the elements that a service lets a system change.
    /// - Throws: a refusal with 422 for whatever else it would change, and would be dropped: a note, for example, may hold a
    ///   finding.
    package func elements(changing: Set<String>) throws -> TaskElements {
        switch self {
        case .whole(let task): try Self.elements(task, changing)
        case .patch(let patch): try Self.elements(patch, changing)
        }
    }

    private static func elements(_ task: FHIRResource, _ changing: Set<String>) throws -> TaskElements {
        var elements = TaskElements()
        for member in task.json.members where !others.contains(member.name) {
            guard changing.contains(member.name) else {
                throw TaskElements.refused(
                    "this of a Task does not change here", "Task." + member.name.prefix(64))
            }
            elements[member.name] = member.value
        }
        return elements
    }

    private static func elements(_ patch: JSONValue, _ changing: Set<String>) throws -> TaskElements {
        var elements = TaskElements()
        for (index, operation) in patch.items.enumerated() {
            guard ["add", "replace"].contains(operation["op"]?.string ?? ""), let value = operation["value"] else {
                throw TaskElements.refused("only 'add' and 'replace' with a value are done here", "[\(index)].op")
            }
            let parts = (operation["path"]?.string ?? "").split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2 || parts.count == 3, parts[0].isEmpty, changing.contains(String(parts[1])) else {
                throw TaskElements.refused("this of a Task does not change here", "[\(index)].path")
            }
            let name = String(parts[1])
            switch parts.dropFirst(2).first {
            case nil: elements[name] = value
            case "-", "0": elements[name] = .array(elements.items(name) + [value])
            default: throw TaskElements.refused("this of a Task does not change here", "[\(index)].path")
            }
        }
        guard !patch.items.isEmpty else { throw TaskElements.refused("the patch changes nothing", "op") }
        return elements
    }
}

/// The elements of a Task that are to change.
package struct TaskElements: Equatable, Sendable {
    private var values: [String: JSONValue] = [:]

    package init() {}

    package subscript(_ name: String) -> JSONValue? {
        get { values[name] }
        set { values[name] = newValue }
    }

    package func items(_ name: String) -> [JSONValue] { FHIRElement.items(values[name]) }

    package var status: String? { values["status"]?.string }
    /// The number by which `owner` names somebody.
    package var owner: String? { FHIRElement.text(values["owner"]?["identifier"]?["value"])?.trimmed.nonEmpty }
    package var businessStatus: String? { Self.code(values["businessStatus"]) }

    /// The first code of a CodeableConcept.
    package static func code(_ concept: JSONValue?) -> String? {
        FHIRElement.items(concept?["coding"]).lazy.compactMap { $0["code"]?.string }.first
    }

    package static func refused(_ text: String, _ place: String) -> FHIRRefusal {
        FHIRRefusal(422, .notSupported, text, expression: place)
    }
}
