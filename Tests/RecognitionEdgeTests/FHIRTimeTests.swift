import EdgeKit
import FHIR
import Recognition
import Testing

@testable import RecognitionEdge

@Suite("Times that leave the house")
struct FHIRTimeTests {
    @Test(
        "are of FHIR's grammar or do not leave",
        arguments: [
            "2024-02-30", "2024-13-01", "2024-01-05T25:00:00Z", "2024-01-05T10:61:00Z", "2024-01-05T10:15",
            "2024-01-05T10:15Z",
            "2024-01-05T10:15:00", "2024-01-05T10:15:00+99:00", "2024-01-05T10:15:00+08", "2024-01-05T10:15:00.Z",
            "2024-1-5", "24-01-05", "0000-01-01", "20240105101500+9999", "20240105101500-1500", "2024010510",
            "99999999",
            "2024-01-05 10:15:00", "2024/01/05 10:15", "05.01.2024", "T10:15:00Z", "2024-01-05T10:15:00+08:00 ",
            "gestern", "",
        ])
    func grammar(text: String) throws {
        var json = JSONObject()
        for name in ["effectiveDateTime", "valueDateTime", "birthDate"] {
            FHIRTime.write(text, to: &json, name, offsetMinutes: 480)
            if let written = json[name]?.string {
                #expect(FHIRTime.isFHIR(written), "\(text) left as \(written)")
                #expect(name != "birthDate" || !written.contains("T"))
            }
        }
        FHIRTime.write(text, to: &json, "issued", offsetMinutes: 480, needsTime: true)
        if let issued = json["issued"]?.string { #expect(FHIRTime.isFHIR(issued) && issued.contains("T")) }
        #expect(FHIRTime.read(json, "effectiveDateTime") ?? "" == text)
    }

    @Test(
        "FHIR's own are FHIR's",
        arguments: [
            ("2024", true), ("2024-01", true), ("2024-01-05", true), ("2024-01-05T10:15:00Z", true),
            ("2024-01-05T10:15:00.123+08:00", true), ("2024-01-05T10:15:60Z", true),
            ("2024-01-05T10:15:00-14:00", true),
            ("2024-01-05T10:15:00+14:30", false), ("2024-01-05T10:15Z", false), ("20240105", false),
            ("2024-01-05T", false),
        ])
    func recognised(text: String, isFHIR: Bool) {
        #expect(FHIRTime.isFHIR(text) == isFHIR)
    }
}
