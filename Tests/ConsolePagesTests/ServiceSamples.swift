import AdverseEvents
import ConsoleKit
import Effects
import Foundation
import Diagnosis
import Identity
import RecognitionEdge
import Referral
import ServiceKit
import Synchronization
import WorkflowKit

/// Endpoints of services that answer with samples; every text of others is the test's, and what is written is kept.
final class ServiceSamples: Sendable {
    let text: String
    /// How many items the sample's order has.
    let items: Int
    let now = WallTime(milliseconds: 1_796_000_000_000)
    let decided = Mutex<[DecisionEntry]>([])
    let matched = Mutex<[MatchRecordQuestion]>([])
    let linked = Mutex<[IdentityLinking]>([])
    let separated = Mutex<[IdentitySeparating]>([])
    let referred = Mutex<[ReferralEndpoints.Order]>([])
    let reported = Mutex<[AdverseEndpoints.Report]>([])
    let acted = Mutex<[CaseEndpoints<AdverseWorkflow>.Action]>([])
    let diagnosed = Mutex<[CaseEndpoints<DiagnosisWorkflow>.Action]>([])

    init(_ text: String = "柏井镇卫生院", items: Int = 2) {
        self.text = text
        self.items = items
    }

    /// A number of the demo's kind, which nobody has.
    static let number = "999999196804129172"

    func ago(_ seconds: Int64) -> String { now.advanced(byMilliseconds: -seconds * 1_000).description }

    /// An answer from its JSON: these types are made by their services alone.
    func value<Value: Decodable>(_ json: Any) throws -> Value {
        let bytes = Array(try JSONSerialization.data(withJSONObject: json, options: [.fragmentsAllowed]))
        return try OperatorJSON.value(Value.self, from: bytes, place: nil)
    }

    var endpoints: [ServedEndpoint] { recognition + identity + referral + adverse + diagnoses }

    // MARK: Recognition

    private var recognition: [ServedEndpoint] {
        [
            RecognitionEndpoints.terms.serve { _ in try self.value(self.terms) },
            RecognitionEndpoints.match.serve { question in
                self.matched.withLock { $0.append(question) }
                return try self.value(self.match)
            },
            RecognitionEndpoints.decide.serve { entry in
                self.decided.withLock { $0.append(entry) }
                return try self.value(
                    ["decision": "d", "entry": "e", "number": 1, "isRepetition": false] as [String: Any])
            },
            RecognitionEndpoints.alerts.serve { _ in [] },
            SheetEndpoints.certificates.serve { _ in try self.value([self.certificate]) },
            RecordEndpoints.find.serve { _ in try self.value(self.findings) },
            RecordEndpoints.open.serve { _ in try self.value(self.opened) },
            RecordEndpoints.export.serve { _ in [1] },
        ]
    }

    private var terms: [String: Any] {
        [
            "edition": text,
            "items": (0..<max(2, items)).map { index -> [String: Any] in
                [
                    "code": "L-\(index)", "name": text, "englishName": text, "examinationClass": "laboratory",
                    "windowDays": 30, "priceFen": 450,
                ]
            },
            "panels": [["code": "P-1", "name": text, "englishName": text, "items": ["L-0", "L-1"]] as [String: Any]],
            "reasons": [
                ["code": "01", "zh": text, "en": text, "isCounted": true, "needsText": false] as [String: Any],
                ["code": "08", "zh": text, "en": text, "isCounted": true, "needsText": true],
            ],
        ]
    }

    private func sentence(_ more: String = "") -> [String: String] { ["zh": text + more, "en": text + more] }

    private func candidate(_ entry: String, _ verdict: String, item: Int) -> [String: Any] {
        [
            "entry": entry, "report": text, "version": 1, "verdict": verdict, "text": sentence(), "issuer": text,
            "issuerName": text, "service": text, "reportTime": ago(900_000), "validUntil": ago(-86_400 * 19),
            "mark": text, "certificate": text,
            "trail": ["passed", "failed", "doubt", "noted"].map { outcome -> [String: Any] in
                ["rule": "window", "outcome": outcome, "input": "x", "text": sentence(" \(outcome) \(item)")]
            },
        ]
    }

    /// One result that holds all items, one that the rules refuse, an item of which there is nothing, a code of nobody.
    private var match: [String: Any] {
        let found = (0..<items).map { index -> [String: Any] in
            [
                "ordered": "P-1", "item": "L-\(index)", "name": text, "englishName": text,
                "examinationClass": "laboratory",
                "candidates": [
                    candidate("jucheng/0/clinical/0/0", "recognised", item: index),
                    candidate("jucheng/0/clinical/1/0", index == 0 ? "discretion" : "not", item: index),
                ],
            ]
        }
        let none: [String: Any] = [
            "ordered": "L-9", "item": "L-9", "name": text, "englishName": text, "examinationClass": "laboratory",
            "candidates": [Any](),
        ]
        return [
            "match": "m-1", "unit": "u1", "madeAt": now.description, "milliseconds": 5, "items": found + [none],
            "unknown": [["system": "", "code": text]], "reach": sentence(), "asked": [text],
            "unreached": [["node": text, "reason": text]], "isTruncated": false,
        ]
    }

    private var certificate: [String: Any] {
        [
            "number": text, "unit": text, "item": "L-0", "scope": text, "from": ago(9_000_000), "to": ago(-9_000_000),
            "programme": text, "isInForce": true,
        ]
    }

    private var findings: [String: Any] {
        let record: [String: Any] = [
            "entry": "jucheng/0/clinical/0/0", "reportKey": "k", "institution": text, "serviceCode": text,
            "serviceName": text, "category": text, "status": text, "version": 1, "versionCount": 1, "isVoid": false,
            "isRecognisable": true, "authorTime": ago(9), "receivedTime": ago(8), "isPayloadHere": true,
            "observationCount": 1, "attachmentCount": 0,
        ]
        return [
            "records": [record], "asked": [text], "unreached": [Any](), "isTruncated": false, "equivalentKeys": 0,
            "isKeptApart": false, "areKeysTruncated": false, "statement": text,
        ]
    }

    private var opened: [String: Any] {
        [
            "entry": "jucheng/0/clinical/0/0", "author": text, "authorTime": ago(9), "servedBy": text, "reportKey": "k",
            "version": 1, "status": "final", "institution": text, "patientName": text, "patientIdentifiers": [Any](),
            "serviceCode": text, "serviceName": text, "category": text, "issuedTime": ago(900_000),
            "observations": [Any](), "items": ["L-0", "L-1"], "notes": [Any](), "attachments": [Any](),
            "isVerified": true,
        ]
    }

    // MARK: Identity

    private var identity: [ServedEndpoint] {
        [
            IdentityEndpoints.show.serve { _ in try self.value(self.person) },
            IdentityEndpoints.link.serve { order in
                self.linked.withLock { $0.append(order) }
                return try self.value(self.receipt)
            },
            IdentityEndpoints.separate.serve { order in
                self.separated.withLock { $0.append(order) }
                return try self.value(self.receipt)
            },
            IdentityEndpoints.log.serve { _ in try self.value(self.records) },
        ]
    }

    private var receipt: [String: Any] {
        [
            "entry": "e", "isNew": true, "undone": ["a"], "stillJoinedBy": [Any](), "isHereOnly": false,
            "statement": "s",
        ]
    }

    private var records: [[String: Any]] {
        ["link", "separation"].enumerated().map { index, deed in
            [
                "entry": "jucheng/0/clinical/\(index)/0", "deed": deed, "node": text, "at": ago(900),
                "receivedAt": ago(900), "practitioner": text, "organizationUnit": text, "purpose": "treatment",
                "statement": text, "evidence": text, "evidenceWord": text, "text": text, "causes": [Any](),
                "keyCount": 2,
                "isStanding": true, "identifiers": [Any](),
            ]
        }
    }

    private var person: [String: Any] {
        [
            "identifiers": [
                ["identifier": ["type": "citizenID", "authority": "CN", "value": Self.number], "evidence": [Any]()],
                [
                    "identifier": ["type": "MR", "authority": text, "value": text], "heldBy": text,
                    "evidence": ["report " + text, "link " + text],
                ],
            ] as [[String: Any]],
            "records": records, "keyCount": 2, "apart": [["separation": text]], "isKnown": true, "isTruncated": true,
            "isIndex": true, "statement": text,
        ]
    }

    // MARK: Referral

    private func referralSample() -> [String: Any] {
        let step: [String: Any] = [
            "event": "offered", "at": ago(800), "actor": text, "node": text, "target": text, "reason": text,
            "entry": text,
        ]
        return [
            "id": "pingding.1", "kind": text, "topic": "up", "madeAt": ago(900), "state": "drafted",
            "isOpen": true, "home": "pingding", "term": 1, "candidates": [String](), "dues": [Any](), "items": [Any](),
            "steps": [step], "refusedSteps": 0,
        ]
    }

    private var referral: [ServedEndpoint] {
        return [
            ReferralEndpoints.cases.list.serve { _ in try self.value([self.referralSample()]) },
            ReferralEndpoints.levels.serve { _ in
                try self.value([
                    [
                        "kind": "up", "name": self.text, "direction": "up", "answerSeconds": 1, "arrivalSeconds": 1,
                        "returnSeconds": 1,
                    ] as [String: Any]
                ])
            },
            ReferralEndpoints.cases.forms.serve { _ in CaseFormInfo.all(of: ReferralWorkflow.self) },
            ReferralEndpoints.write.serve { order in
                self.referred.withLock { $0.append(order) }
                return try self.value(["id": "pingding.1", "isDuplicate": false] as [String: Any])
            },
            ReferralEndpoints.cases.read.serve { _ in
                try self.value(
                    [
                        "about": self.referralSample(), "isContentHere": true, "patientName": self.text,
                        "values": [["field": "diagnosis", "text": self.text]], "references": [self.text],
                        "writings": [
                            [
                                "event": "declined", "at": self.ago(700), "actor": self.text,
                                "values": [["field": "why", "text": "noBed"]],
                            ] as [String: Any]
                        ],
                    ] as [String: Any])
            },
            ReferralEndpoints.cases.act.serve { _ in throw Failure("referral.wrongState", "x") },
        ]
    }

    // MARK: Adverse events

    private func event(_ state: String) -> [String: Any] {
        let step: [String: Any] = [
            "event": "accepted", "at": ago(800), "actor": text, "node": text, "reason": text, "entry": text,
        ]
        let due: [String: Any] = ["timer": "accept", "at": ago(60)]
        return [
            "id": "pingding.1", "kind": text, "topic": "fall", "unit": text, "madeAt": ago(9_000), "state": state,
            "isOpen": state != "closed", "home": "pingding", "term": 1, "candidates": [String](),
            "dues": state == "closed" ? [] : [due],
            "items": [Any](), "steps": [step], "refusedSteps": 0,
        ]
    }

    private var adverse: [ServedEndpoint] {
        let cases = AdverseEndpoints.cases
        return [
            cases.list.serve { _ in
                try self.value([self.event("reported"), self.event("analysed"), self.event("closed")])
            },
            cases.work.serve { _ in try self.value([self.event("reported")]) },
            cases.forms.serve { _ in CaseFormInfo.all(of: AdverseWorkflow.self) },
            cases.read.serve { _ in
                try self.value(
                    [
                        "about": self.event("analysed"), "isContentHere": true, "patientName": self.text,
                        "writer": self.text, "values": [["field": "what", "text": self.text]], "references": [Any](),
                        "writings": [
                            [
                                "event": "accepted", "at": self.ago(700), "actor": self.text,
                                "values": [["field": "harm", "text": "mild"]],
                            ] as [String: Any]
                        ],
                    ] as [String: Any])
            },
            cases.act.serve { action in
                self.acted.withLock { $0.append(action) }
                return try self.value(
                    [
                        "id": action.id, "home": "pingding", "state": "acting", "entry": "e", "time": self.ago(0),
                        "isDuplicate": false,
                    ] as [String: Any])
            },
            AdverseEndpoints.levels.serve { _ in
                try self.value([
                    ["grade": "level-1", "name": self.text, "acceptSeconds": 1, "analysisSeconds": 1] as [String: Any]
                ])
            },
            AdverseEndpoints.report.serve { report in
                self.reported.withLock { $0.append(report) }
                return try self.value(["id": "pingding.1", "isDuplicate": false] as [String: Any])
            },
        ]
    }
}
