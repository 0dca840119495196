import Effects
import ServiceKit
import Trust

/// What makes two messages speak of one result: institution, order number, patient.
///
/// The order number is the filler's, with service code and position where one message uses it for several reports;
/// where there is none, the placer's with service code and position.
struct ReportIdentity {
    let institution: String
    let orderNumber: [String]
    let patient: PatientKeyReference

    /// - Throws: `recognition.noOrderNumber` where neither number is given.
    init(_ content: ReportContent, patient: PatientKeyReference) throws {
        institution = content.institution
        self.patient = patient
        if let filler = content.fillerOrderNumber {
            orderNumber =
                ["filler", filler] + (content.position > 1 ? [content.service.code, "\(content.position)"] : [])
        } else if let placer = content.placerOrderNumber {
            orderNumber = ["placer", placer, content.service.code, "\(content.position)"]
        } else {
            throw Failure(
                "recognition.noOrderNumber", "the report has neither a filler nor a placer order number",
                remedy: "send OBR-3 or OBR-2 (FHIR: identifier, or basedOn with an identifier)")
        }
    }

    /// The key under which the result stands in every index; tells nothing about the person.
    func key(suite: Suite) -> String {
        var bytes: [UInt8] = []
        for part in [institution] + orderNumber {
            let text = Array(part.utf8)
            withUnsafeBytes(of: UInt32(text.count).bigEndian) { bytes.append(contentsOf: $0) }
            bytes += text
        }
        withUnsafeBytes(of: patient.epoch.bigEndian) { bytes.append(contentsOf: $0) }
        return String(suite.digest(bytes + patient.key.bytes).hex.prefix(40))
    }
}
