import Effects
package import FHIR
import ServiceKit

/// Times of messages: kept in the form in which they came, written in FHIR's.
package enum FHIRTime {
    /// A time element as the message wrote it: our own lexical extension before the element itself.
    package static func read(_ json: JSONObject, _ name: String) -> String? {
        FHIRExtensions.strings(json["_" + name], FHIRExtensions.lexical).first ?? FHIRElement.text(json[name])
    }

    /// `effectiveDateTime`, `effectiveInstant`, or the start of `effectivePeriod`.
    package static func observed(_ json: JSONObject) -> String? {
        read(json, "effectiveDateTime") ?? read(json, "effectiveInstant")
            ?? FHIRElement.text(json["effectivePeriod"]?["start"]) ?? FHIRElement.text(json["effectivePeriod"]?["end"])
    }

    /// Writes a time into `json`: FHIR's form where there is one, the message's form beside it where they differ.
    ///
    /// - Parameters:
    ///   - name: the element.
    ///   - offsetMinutes: the zone of times that name none.
    ///   - needsTime: whether a date alone will not do (`instant`).
    package static func write(
        _ text: String?, to json: inout JSONObject, _ name: String, offsetMinutes: Int, needsTime: Bool = false
    ) {
        guard let text else { return }
        var converted = dateTime(text, offsetMinutes: offsetMinutes)
        // FHIR's birthDate knows no time of day.
        if name == "birthDate", let time = converted?.firstIndex(of: "T") {
            converted = converted.map { String($0[..<time]) }
        }
        if needsTime, converted?.contains("T") == false { converted = nil }
        if let converted { json[name] = .string(converted) }
        if converted != text {
            json["_" + name] = ["extension": [FHIRExtensions.text(FHIRExtensions.lexical, text)]]
        }
    }

    /// FHIR's dateTime for a time of a message, in whatever form; see `ClinicalTime`.
    ///
    /// - Returns: `nil` where the text cannot be read: no time but one of FHIR's grammar leaves the house.
    package static func dateTime(_ text: String, offsetMinutes: Int) -> String? {
        ClinicalTime(text).map { $0.fhirText(offsetMinutes: offsetMinutes) }.flatMap { isFHIR($0) ? $0 : nil }
    }

    /// Warns of times of a resource that nobody can read: they are kept as they stand and date nothing.
    package static func check(
        _ json: JSONObject, _ names: [String], in bundle: FHIRBundle, _ entry: FHIRBundle.Entry,
        _ findings: inout FHIRFindings
    ) {
        for name in names {
            let place = bundle.expression(entry, name)
            guard
                let text = name == "effectivePeriod"
                    ? observed(["effectivePeriod": json[name] ?? .null]) : read(json, name),
                dateTime(text, offsetMinutes: 0) == nil
            else { continue }
            findings.warn(
                .value,
                "\(entry.resource.type).\(name) cannot be read as a time: it is kept as written and dates nothing",
                place)
        }
    }

    /// Whether a text is a dateTime of FHIR's grammar (R4, "dateTime") and names an existing day.
    package static func isFHIR(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        var position = 0
        func number(_ digits: Int) -> Int? {
            guard position + digits <= bytes.count, bytes[position..<(position + digits)].allSatisfy(isDigit) else {
                return nil
            }
            defer { position += digits }
            return bytes[position..<(position + digits)].reduce(0) { $0 * 10 + Int($1) - 0x30 }
        }
        func take(_ character: Unicode.Scalar) -> Bool {
            guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
            position += 1
            return true
        }
        guard let year = number(4), year > 0 else { return false }
        if position == bytes.count { return true }
        guard take("-"), let month = number(2), (1...12).contains(month) else { return false }
        if position == bytes.count { return true }
        guard take("-"), let day = number(2), CivilDateTime(year: year, month: month, day: day) != nil else {
            return false
        }
        if position == bytes.count { return true }
        guard take("T"), let hour = number(2), hour < 24, take(":"), let minute = number(2), minute < 60, take(":"),
            let second = number(2), second <= 60
        else { return false }
        if take(".") {
            let fraction = bytes[position...].prefix(while: isDigit)
            guard !fraction.isEmpty else { return false }
            position += fraction.count
        }
        if take("Z") { return position == bytes.count }
        guard take("+") || take("-"), let hours = number(2), take(":"), let minutes = number(2) else { return false }
        return position == bytes.count && minutes < 60 && (hours < 14 || hours == 14 && minutes == 0)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

}
