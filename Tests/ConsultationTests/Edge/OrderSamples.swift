import EdgeKit
import Effects
import FHIR
import HL7

/// Orders of remote diagnoses as hospitals' systems write them.
enum OrderSamples {
    static let unit = "hill-wsy"
    static let now = WallTime(milliseconds: 1_796_000_000_000)

    /// A message of segments, with changes by their beginnings.
    static func message(_ changes: [String: String] = [:], more: [String] = []) throws -> HL7Message {
        let segments = [
            "MSH|^~\\&|HIS|HILL|YILIAN|HILL|20261130101500+0800||ORM^O01^ORM_O01|M-1|P|2.5.1||||||UNICODE UTF-8",
            "PID|1||MR-774411^^^HILL^MR~999999195502039281^^^CN^NI||张^测试^^^^^L||19610203|M",
            "PV1|1|O",
            "ORC|NW|O-17^HIS||||||||||D-102^王^医生",
            "OBR|1|O-17^HIS||ecg-emergency^急诊心电诊断^99YILIAN|||||||||胸痛两小时||||||||||||||||||^请阅心电图",
            "DG1|1||I20.0^不稳定性心绞痛^I10",
            "OBX|1|NM|8480-6^收缩压^LN||180|mm[Hg]|||||F",
            "OBX|2|ED|11524-6^心电图^LN||HIS^AP^PDF^Base64^JVBERi0xLjQK||||||F",
            "OBX|3|ST|59284-0^知情同意书^LN||TY-2026-17||||||F",
        ]
        let changed = segments.map { segment in changes.first { segment.hasPrefix($0.key) }?.value ?? segment }
        let text = (changed + more).filter { !$0.isEmpty }.joined(separator: "\r") + "\r"
        return try HL7Message.parse(Array(text.utf8), defaultEncoding: .utf8)
    }

    /// A resource as JSON, with members put in place or taken out.
    static func resource(_ changes: [String: JSONValue?] = [:]) throws -> FHIRResource {
        let text = """
            {"resourceType": "ServiceRequest", "status": "active", "intent": "order",
             "contained": [
               {"resourceType": "Patient", "id": "p", "name": [{"text": "张测试"}], "gender": "male",
                "birthDate": "1961-02-03", "identifier": [
                 {"type": {"coding": [{"code": "MR"}]}, "system": "HILL", "value": "MR-774411"}]},
               {"resourceType": "DocumentReference", "id": "ecg", "status": "current", "content": [
                 {"attachment": {"contentType": "application/pdf", "title": "心电图", "data": "JVBERi0xLjQK"}}]}],
             "identifier": [{"type": {"coding": [{"code": "PLAC"}]}, "system": "HIS", "value": "O-17"}],
             "code": {"coding": [{"system": "urn:yilian:consultation:kind", "code": "ecg-emergency"}]},
             "subject": {"reference": "#p"},
             "requester": {"identifier": {"value": "D-102"}},
             "reasonCode": [{"text": "请阅心电图"}],
             "note": [{"text": "胸痛两小时"}],
             "supportingInfo": [{"reference": "#ecg"}, {"type": "Consent", "identifier": {"value": "TY-2026-17"}}]}
            """
        var object = try JSONParser.parse(text).object ?? JSONObject()
        for (name, value) in changes { object[name] = value }
        return try FHIRResource(.object(object))
    }
}
