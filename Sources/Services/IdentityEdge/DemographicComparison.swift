import EdgeKit
import Identity
import ServiceKit

/// Whether what somebody says of a person contradicts what lies here.
///
/// Only what both sides say is compared: a missing birth date contradicts nothing.
struct DemographicComparison {
    let given: PatientDemographics

    /// The names of the elements that disagree, as FHIR calls them; never their values.
    func disagreements(with people: [HeldPerson]) -> [String] {
        var fields: [String] = []
        if people.contains(where: { Self.both(given.name, $0.name, Self.plainName) { $0 != $1 } }) {
            fields.append("name")
        }
        if people.contains(where: { Self.both(given.birthDate, $0.birthDate, Self.digits, Self.areOtherDays) }) {
            fields.append("birthDate")
        }
        if people.contains(where: { Self.both(given.sex, $0.sex, Self.knownSex) { $0 != $1 } }) {
            fields.append("gender")
        }
        return fields
    }

    private static func both(
        _ left: String?, _ right: String?, _ plain: (String) -> String, _ differ: (String, String) -> Bool
    ) -> Bool {
        guard let left = left.map(plain), let right = right.map(plain), !left.isEmpty, !right.isEmpty else {
            return false
        }
        return differ(left, right)
    }

    /// A year contradicts no day of it.
    private static func areOtherDays(_ left: String, _ right: String) -> Bool {
        let length = min(left.count, right.count)
        return left.prefix(length) != right.prefix(length)
    }

    private static func plainName(_ text: String) -> String {
        text.lowercased().filter { !$0.isWhitespace && $0 != "·" }
    }

    private static func digits(_ text: String) -> String { String(text.filter(\.isNumber).prefix(8)) }

    private static func knownSex(_ text: String) -> String { ["M", "F", "O"].contains(text) ? text : "" }
}
