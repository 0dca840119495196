import FHIR
import Recognition

/// Times of messages: kept in the form in which they came, written in FHIR's.
enum FHIRTime {
    /// A time element as the message wrote it: our own lexical extension before the element itself.
    static func read(_ json: JSONObject, _ name: String) -> String? {
        FHIRExtensions.strings(json["_" + name], FHIRExtensions.lexical).first ?? json[name]?.string?.nonEmpty
    }

    /// `effectiveDateTime`, `effectiveInstant`, or the start of `effectivePeriod`.
    static func observed(_ json: JSONObject) -> String? {
        read(json, "effectiveDateTime") ?? read(json, "effectiveInstant")
            ?? json["effectivePeriod"]?["start"]?.string?.nonEmpty ?? json["effectivePeriod"]?["end"]?.string?.nonEmpty
    }

    /// Writes a time into `json`: FHIR's form where there is one, the message's form beside it where they differ.
    ///
    /// - Parameters:
    ///   - name: the element.
    ///   - offsetMinutes: the zone of times that name none.
    ///   - needsTime: whether a date alone will not do (`instant`).
    static func write(
        _ text: String?, to json: inout JSONObject, _ name: String, offsetMinutes: Int, needsTime: Bool = false
    ) {
        guard let text else { return }
        var converted = dateTime(text, offsetMinutes: offsetMinutes)
        if needsTime, converted?.contains("T") == false { converted = nil }
        if let converted { json[name] = .string(converted) }
        if converted != text {
            json["_" + name] = ["extension": [FHIRExtensions.text(FHIRExtensions.lexical, text)]]
        }
    }

    /// FHIR's dateTime for a time of a message, in whatever form; see `ClinicalTime`.
    ///
    /// - Returns: `nil` where the text cannot be read: an invalid time never leaves the house.
    static func dateTime(_ text: String, offsetMinutes: Int) -> String? {
        ClinicalTime(text)?.fhirText(offsetMinutes: offsetMinutes)
    }
}
