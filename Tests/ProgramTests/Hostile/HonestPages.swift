import Foundation

/// One page that a node serves, asked for as an honest client does; what a hostile one bends.
struct HonestPage {
    /// Which of a node's doors it is behind.
    enum Door { case operators, hospitals, health }

    var door: Door
    var method: String
    /// As its route is registered, without the query.
    var path: String
    var query: [(name: String, value: String)] = []
    /// JSON, or a form or a file where `type` says so.
    var body = ""
    var type = "application/json"

    init(
        _ door: Door, _ method: String, _ path: String, _ query: [(name: String, value: String)] = [],
        _ body: String = "", type: String = "application/json"
    ) {
        self.door = door
        self.method = method
        self.path = path
        self.query = query
        self.body = body
        self.type = type
    }

    static func all(_ names: AttackedNode.Names) -> [HonestPage] {
        health + records(names) + recognition(names) + consultations(names) + referrals(names) + inventories()
            + adverse(names) + diagnoses(names) + images + upkeep(names) + hospitals(names) + requests(names)
    }

    private static let health = ["healthz", "readyz", "peers", "metrics"].map { HonestPage(.health, "GET", $0) }

    private static func question(_ more: String = "") -> String {
        """
        {"identifierType":"citizenID","identifierAuthority":"CN","identifier":"\(AttackedNode.person)",\
        "practitioner":"dr-li","unit":"shi-yy","purpose":"treatment","consent":"C-1","order":"O-1",\
        "breakGlassReason":"昏迷","limit":5\(more)}
        """
    }

    private static func records(_ names: AttackedNode.Names) -> [HonestPage] {
        let opening = #"{"entry":"\#(names.entry)","documents":true,"question":\#(question())}"#
        let other = #"[{"type":"MR","authority":"shi-yy","value":"R-100"}]"#
        return [
            HonestPage(.operators, "POST", "records/find", [], question()),
            HonestPage(.operators, "POST", "records/open", [], opening),
            HonestPage(.operators, "POST", "records/export", [], opening),
            HonestPage(.operators, "GET", "records/statistics"),
            HonestPage(.operators, "POST", "records/versions", [], question()),
            HonestPage(.operators, "POST", "identity/show", [], question()),
            HonestPage(
                .operators, "POST", "identity/lookup", [],
                #"{"question":\#(question()),"type":"MR","authority":"shi-yy"}"#
            ),
            HonestPage(
                .operators, "POST", "identity/link", [],
                #"{"question":\#(question()),"others":\#(other),"evidence":"document","reference":"窗口","overrules":[]}"#
            ),
            HonestPage(
                .operators, "POST", "identity/separate", [],
                #"{"question":\#(question()),"from":\#(other),"links":[],"reason":"登记错误"}"#),
            HonestPage(.operators, "GET", "identity/log", [("limit", "5")]),
            HonestPage(.operators, "GET", "messages", [("id", "HOSTILE-1")]),
            HonestPage(.operators, "GET", "messages/list", [("limit", "5"), ("refused", "true")]),
            HonestPage(.operators, "GET", "messages/list", [("limit", "5")]),
            HonestPage(.operators, "GET", "audit", [("statement", names.statement)]),
            HonestPage(.operators, "GET", "audit/openings", [("days", "30"), ("isWaiting", "true"), ("limit", "5")]),
            HonestPage(
                .operators, "POST", "audit/review", [],
                #"{"opening":"\#(names.statement)","finding":"justified","words":"抢救","reviewer":"shen"}"#),
            HonestPage(.operators, "POST", "audit/own", [], #"{"practitioner":"dr-li","limit":5}"#),
            HonestPage(
                .operators, "POST", "audit/list", [],
                """
                {"patient":{"type":"citizenID","authority":"CN","value":"\(AttackedNode.person)"},\
                "practitioner":"dr-li",\
                "purpose":"treatment","from":"2026-01-01","to":"2099-01-01","limit":5}
                """),
        ]
    }

    private static func recognition(_ names: AttackedNode.Names) -> [HonestPage] {
        let decision =
            #"{"match":"\#(names.match)","item":"GLU","entry":"\#(names.entry)","outcome":"repeated","#
            + #""reason":"01","text":"复查"}"#
        let certificate =
            #"{"number":"C-1","unit":"shi-yy","item":"GLU","scope":"shanxi","from":"2026-01-01","#
            + #""to":"2099-01-01","programme":"室间质评"}"#
        return [
            HonestPage(
                .operators, "POST", "recognition/match", [],
                #"{"question":\#(question()),"codes":["GLU"],"orderNumber":"O-1"}"#),
            HonestPage(
                .operators, "POST", "recognition/decisions", [], #"{"order":\#(decision),"practitioner":"dr-li"}"#),
            HonestPage(.operators, "GET", "recognition/decisions", [("limit", "5")]),
            HonestPage(.operators, "GET", "recognition/terms"),
            HonestPage(.operators, "GET", "recognition/alerts"),
            HonestPage(
                .operators, "POST", "recognition/alerts/acknowledge", [],
                #"{"current":"\#(names.entry)","unit":"shi-yy","practitioner":"dr-li"}"#),
            HonestPage(.operators, "GET", "recognition/break-glass", [("days", "90")]),
            HonestPage(.operators, "GET", "recognition/certificates"),
            HonestPage(.operators, "POST", "recognition/certificates", [], "[\(certificate)]"),
            HonestPage(.operators, "GET", "recognition/sheet", [("period", "2026")]),
            HonestPage(.operators, "GET", "recognition/sheet.csv", [("period", "2026-11")]),
            HonestPage(.operators, "GET", "recognition/sheet.html", [("period", "2026Q4")]),
            HonestPage(.operators, "GET", "indicators", [("period", "2026-11-20")]),
            HonestPage(.operators, "POST", "indicators/close", [("period", "2026-11-20"), ("force", "true")]),
        ]
    }

    private static func consultations(_ names: AttackedNode.Names) -> [HonestPage] {
        let action =
            #"{"request":"\#(names.request)","attempt":1,"actor":"ecg-chen","findings":"窦性心律","conclusion":"正常"}"#
        let reading = #"{"request":"\#(names.request)","practitioner":"ecg-chen","unit":"shi-yy","documents":true}"#
        let order = """
            {"kind":"ecg","identifierType":"citizenID","identifierAuthority":"CN",\
            "identifier":"\(AttackedNode.person)",\
            "patientName":"李建国","patientSex":"M","patientBirthDate":"1968-04-12","clinicalSummary":"胸痛","reason":"诊断",\
            "practitioner":"dr-li","unit":"shi-yy","consent":"C-1","breakGlassReason":"昏迷","orderNumber":"O-7",\
            "attachments":[{"contentType":"text/plain","title":"心电图","content":"YQ=="}]}
            """
        return [
            HonestPage(
                .operators, "GET", "consultations", [("state", "offered"), ("specialty", "ecg"), ("limit", "5")]),
            HonestPage(.operators, "GET", "consultations/work"),
            HonestPage(.operators, "GET", "consultations/work/events", [("after", "x")]),
            HonestPage(.operators, "GET", "consultations/show", [("id", names.request)]),
            HonestPage(.operators, "POST", "consultations", [], order),
            HonestPage(.operators, "POST", "consultations/read", [], reading),
            HonestPage(.operators, "POST", "consultations/claim", [], action),
            HonestPage(.operators, "POST", "consultations/report", [], action),
            HonestPage(.operators, "POST", "consultations/acknowledge", [], action),
        ]
    }

    private static func referrals(_ names: AttackedNode.Names) -> [HonestPage] {
        let order = """
            {"kind":"up","identifierType":"citizenID","identifierAuthority":"CN","identifier":"\(AttackedNode.person)",\
            "patientName":"李建国","patientSex":"M","patientBirthDate":"1968-04-12","practitioner":"dr-li","unit":"shi-yy",\
            "consent":"C-1","breakGlassReason":"昏迷","orderNumber":"O-8","references":["\(names.entry)"],\
            "values":[{"field":"diagnosis","text":"胸痛"},{"field":"summary","text":"胸痛"},{"field":"reason","text":"介入"}]}
            """
        let reading = #"{"id":"\#(names.referral)","practitioner":"dr-li","unit":"shi-yy"}"#
        let action = """
            {"id":"\(names.referral)","event":"offered","practitioner":"dr-li","target":"shi","day":"2026-12-31",\
            "values":[{"field":"text","text":"x"}]}
            """
        return [
            HonestPage(.operators, "GET", "referrals", [("state", "drafted"), ("topic", "up"), ("limit", "5")]),
            HonestPage(.operators, "GET", "referrals/work"),
            HonestPage(.operators, "GET", "referrals/work/events", [("after", "x")]),
            HonestPage(.operators, "GET", "referrals/show", [("id", names.referral)]),
            HonestPage(.operators, "GET", "referrals/forms"),
            HonestPage(.operators, "GET", "referrals/levels"),
            HonestPage(.operators, "POST", "referrals", [], order),
            HonestPage(.operators, "POST", "referrals/read", [], reading),
            HonestPage(.operators, "POST", "referrals/act", [], action),
        ]
    }

    private static func adverse(_ names: AttackedNode.Names) -> [HonestPage] {
        let report = """
            {"grade":"up","kind":"fall","unit":"shi-yy","identifierType":"citizenID","identifierAuthority":"CN",\
            "identifier":"\(AttackedNode.person)","patientName":"李建国","reporter":"dr-li","number":"B-8",\
            "values":[{"field":"what","text":"滑倒"},{"field":"harm","text":"mild"},{"field":"day","text":"2026-11-30"}]}
            """
        let reading = #"{"id":"\#(names.adverse)","practitioner":"dr-li","unit":"shi-yy"}"#
        let action = """
            {"id":"\(names.adverse)","event":"accepted","practitioner":"dr-li","target":"shi","day":"2026-12-31",\
            "values":[{"field":"harm","text":"mild"}]}
            """
        return [
            HonestPage(
                .operators, "GET", "adverse-events", [("state", "reported"), ("topic", "fall"), ("limit", "5")]),
            HonestPage(.operators, "GET", "adverse-events/show", [("id", names.adverse)]),
            HonestPage(.operators, "GET", "adverse-events/forms"),
            HonestPage(.operators, "GET", "adverse-events/levels"),
            HonestPage(.operators, "GET", "adverse-events/work"),
            HonestPage(.operators, "GET", "adverse-events/work/events", [("after", "x")]),
            HonestPage(.operators, "POST", "adverse-events", [], report),
            HonestPage(.operators, "POST", "adverse-events/read", [], reading),
            HonestPage(.operators, "POST", "adverse-events/act", [], action),
        ]
    }

    private static func inventories() -> [HonestPage] {
        let units = """
            {"inventory":"shi-beds","lot":"L-1","units":"1-20","starts":"2026-01-01T00:00:00+08:00",\
            "ends":"2099-01-01T00:00:00+08:00","label":"内科","to":"shi","practitioner":"dr-li"}
            """
        let request = """
            {"inventory":"shi-beds","lot":"L-1","at":"shi","until":"2099-01-01T00:00:00+08:00","reference":"C-1",\
            "practitioner":"dr-li","unit":"shi-yy"}
            """
        let action = #"{"hold":"shi.01KB0000000000000000000000","practitioner":"dr-li","unit":"shi-yy"}"#
        let upon = ["confirm", "release", "take-back"].map { "inventories/\($0)" }
        let about = ["offer", "close", "allot", "give-back"].map { "inventories/units/\($0)" }
        return [
            HonestPage(.operators, "GET", "inventories"),
            HonestPage(.operators, "GET", "inventories/stock", [("inventory", "shi-beds")]),
            HonestPage(.operators, "GET", "inventories/holds", [("inventory", "shi-beds"), ("limit", "5")]),
            HonestPage(.operators, "GET", "inventories/holds/show", [("id", "shi.01KB0000000000000000000000")]),
        ] + about.map { HonestPage(.operators, "POST", $0, [], units) }
            + ["hold", "wish"].map { HonestPage(.operators, "POST", "inventories/\($0)", [], request) }
            + upon.map { HonestPage(.operators, "POST", $0, [], action) }
    }

    /// Verbs of a node's upkeep; `import` and `region` take files.
    private static func upkeep(_ names: AttackedNode.Names) -> [HonestPage] {
        let file = "application/octet-stream"
        return [
            HonestPage(.operators, "GET", "openapi.json"), HonestPage(.operators, "GET", "node"),
            HonestPage(.operators, "GET", "log"),
            HonestPage(.operators, "POST", "log", [("level", "error")], type: file),
            HonestPage(.operators, "GET", "peers"), HonestPage(.operators, "GET", "trace", [("entry", names.entry)]),
            HonestPage(.operators, "GET", "queue"), HonestPage(.operators, "GET", "queue/show"),
            HonestPage(.operators, "GET", "accounts"),
            HonestPage(
                .operators, "POST", "accounts", [],
                #"{"name":"zhou","person":"周示例","roles":["operator"],"practitioner":"d1","unit":"u1","actor":"wu"}"#),
            HonestPage(
                .operators, "POST", "accounts/roles", [],
                #"{"name":"zhou","roles":["doctor"],"practitioner":"d1","unit":"u1","actor":"wu"}"#),
            HonestPage(.operators, "POST", "accounts/unlock", [], #"{"name":"zhou","actor":"wu"}"#),
            HonestPage(.operators, "POST", "accounts/disable", [], #"{"name":"zhou","actor":"wu"}"#),
            HonestPage(.operators, "POST", "accounts/enable", [], #"{"name":"zhou","actor":"wu"}"#),
            HonestPage(.operators, "POST", "accounts/reset", [], #"{"name":"zhou","actor":"wu"}"#),
            HonestPage(.operators, "POST", "accounts/link", [], #"{"name":"zhou","actor":"wu"}"#),
            HonestPage(
                .operators, "GET", "accounts/events", [("before", "2026-11-20T00:00:00Z"), ("limit", "5")]),
            HonestPage(.operators, "GET", "queue/destinations"),
            HonestPage(.operators, "POST", "queue/resend", [], #"{"item":"his/1","actor":"wu"}"#),
            HonestPage(.operators, "POST", "queue/release", [], #"{"item":"his/1","actor":"wu"}"#),
            HonestPage(.operators, "POST", "queue/hold", [], #"{"item":"his/1","reason":"x","actor":"wu"}"#),
            HonestPage(.operators, "POST", "queue/drop", [], #"{"item":"his/1","reason":"x","actor":"wu"}"#),
            HonestPage(
                .operators, "GET", "queue/messages",
                [
                    ("receiver", "his"), ("state", "held"), ("olderSeconds", "60"), ("after", "1-1"), ("before", "2-2"),
                    ("limit", "5"),
                ]),
            HonestPage(
                .operators, "GET", "queue/message",
                [("item", "his/1"), ("receiver", "his"), ("state", "held"), ("olderSeconds", "60")]),
            HonestPage(.operators, "GET", "acts", [("before", "9"), ("limit", "5")]),
            HonestPage(.operators, "POST", "peers/test", [], #"{"node":"nobody","actor":"wu"}"#),
            HonestPage(.operators, "POST", "peers/pause", [], #"{"node":"nobody","reason":"x","actor":"wu"}"#),
            HonestPage(.operators, "POST", "peers/resume", [], #"{"node":"nobody","actor":"wu"}"#),
            HonestPage(.operators, "GET", "backups"),
            HonestPage(.operators, "POST", "backups", [], #"{"actor":"wu"}"#),
            HonestPage(.operators, "POST", "backups/verify", [], #"{"name":"x"}"#),
            HonestPage(
                .operators, "GET", "queue/export",
                [("neighbour", "diaodu"), ("chain", chain(of: names.entry)), ("from", "0"), ("count", "1")]),
            HonestPage(.operators, "POST", "queue/import", [], "YILIAN", type: file),
            HonestPage(.operators, "GET", "ledger"),
            HonestPage(.operators, "POST", "ledger/verify", type: file),
            HonestPage(.operators, "POST", "ledger/unblock", [("author", "diaodu")], type: file),
            HonestPage(.operators, "POST", "ledger/refold", type: file),
            HonestPage(.operators, "GET", "region"), HonestPage(.operators, "GET", "region/file"),
            HonestPage(.operators, "GET", "region/nodes"), HonestPage(.operators, "GET", "region/changes"),
            HonestPage(
                .operators, "POST", "region/secret", [], #"{"epoch":1,"boxKey":"00ff","signature":"00ff"}"#),
            HonestPage(.operators, "POST", "region", [], "YILIAN", type: file),
            HonestPage(
                .operators, "POST", "import", [("format", "hl7v2"), ("institution", "shi-yy"), ("check", "true")],
                "MSH|^~\\&|LIS|H|Y|Y|20261121083000||ORU^R01|BAD-1|P|2.4\r", type: file),
        ]
    }

    private static func chain(of entry: String) -> String {
        entry.split(separator: "/").prefix(3).joined(separator: "/")
    }

    /// What hospitals' systems ask for, and where it stands.
    private static func requests(_ names: AttackedNode.Names) -> [HonestPage] {
        let fhir = "application/fhir+json"
        let order = """
            {"resourceType":"ServiceRequest","status":"active","intent":"order","identifier":[{"system":"HIS",\
            "value":"O-70"}],"code":{"coding":[{"code":"ecg"}]},"subject":{"reference":"#p"},\
            "requester":{"identifier":{"value":"dr-li"}},"reasonCode":[{"text":"诊断"}],"note":[{"text":"胸痛"}],\
            "supportingInfo":[{"type":"Consent","identifier":{"value":"C-1"}},{"reference":"#d"}],"contained":[\
            {"resourceType":"Patient","id":"p","identifier":[{"system":"CN","value":"\(AttackedNode.person)"}]},\
            {"resourceType":"DocumentReference","id":"d","status":"current","content":[{"attachment":{"data":"YQ=="}}]}]}
            """
        let task = """
            {"resourceType":"Task","id":"\(names.request)","status":"completed","owner":{"identifier":\
            {"value":"ecg-chen"}},"output":[{"type":{"coding":[{"code":"59776-5"}]},"valueString":"正常"}]}
            """
        let referral = """
            {"resourceType":"ServiceRequest","status":"active","intent":"order","identifier":[{"system":"HIS",\
            "value":"O-71"}],"code":{"coding":[{"system":"urn:yilian:referral:kind","code":"up"}]},\
            "subject":{"reference":"#p"},"requester":{"identifier":{"value":"dr-li"}},"reasonCode":[{"text":"介入"}],\
            "performer":[{"identifier":{"value":"shi-yy"}}],"orderDetail":[{"text":"床位"}],"note":[{"text":"胸痛"}],\
            "supportingInfo":[{"type":"Consent","identifier":{"value":"C-1"}},{"reference":"#d"},\
            {"type":"DiagnosticReport","identifier":{"system":"urn:yilian:fhir:entry","value":"\(names.entry)"}}],\
            "contained":[{"resourceType":"Condition","id":"d","code":{"text":"心梗"},"subject":{"reference":"#p"}},\
            {"resourceType":"Patient","id":"p","identifier":[{"system":"CN","value":"\(AttackedNode.person)"}]}]}
            """
        let way = """
            {"resourceType":"Task","id":"\(names.referral)","businessStatus":{"coding":[{"code":"offered"}]},\
            "owner":{"identifier":{"value":"shi-yy"}},"input":[{"valueReference":{"reference":"Appointment/shi.1"}}],\
            "statusReason":{"coding":[{"code":"noBed"}],"text":"无床位"},\
            "output":[{"type":{"text":"day"},"valueDate":"2027-01-31"}]}
            """
        let appointment = """
            {"resourceType":"Appointment","id":"shi.1","status":"proposed","slot":[{"reference":"Slot/beds.ward"}],\
            "basedOn":[{"reference":"ServiceRequest/\(names.referral)"}]}
            """
        let patch = #"[{"op":"replace","path":"/status","value":"in-progress"}]"#
        let one: [(name: String, value: String)] = [("identifier", "HIS|O-70")]
        return [
            HonestPage(.hospitals, "POST", "fhir/ServiceRequest", [], order, type: fhir),
            HonestPage(.hospitals, "POST", "fhir/ServiceRequest", [], referral, type: fhir),
            HonestPage(.hospitals, "GET", "fhir/ServiceRequest/\(names.referral)"),
            HonestPage(.hospitals, "PUT", "fhir/Task/\(names.referral)", [], way, type: fhir),
            HonestPage(.hospitals, "POST", "fhir/Appointment", [], appointment, type: fhir),
            HonestPage(.hospitals, "GET", "fhir/Appointment/shi.1"),
            HonestPage(.hospitals, "PUT", "fhir/Appointment/shi.1", [], appointment, type: fhir),
            HonestPage(.hospitals, "GET", "fhir/Slot", [("schedule", "Schedule/beds")]),
            HonestPage(.hospitals, "GET", "fhir/ServiceRequest", one),
            HonestPage(.hospitals, "GET", "fhir/ServiceRequest/\(names.request)"),
            HonestPage(.hospitals, "GET", "fhir/ServiceRequest/\(names.request)/$report"),
            HonestPage(.hospitals, "GET", "fhir/Task", one),
            HonestPage(.hospitals, "GET", "fhir/Task", [("focus", "x"), ("business-status", "offered")]),
            HonestPage(.hospitals, "GET", "fhir/Task/\(names.request)"),
            HonestPage(.hospitals, "PUT", "fhir/Task/\(names.request)", [], task, type: fhir),
            HonestPage(
                .hospitals, "PATCH", "fhir/Task/\(names.request)", [], patch, type: "application/json-patch+json"),
        ]
    }

    private static func hospitals(_ names: AttackedNode.Names) -> [HonestPage] {
        let fhir = "application/fhir+json"
        let patient = "urn:oid:2.16.156.10011.1.3|\(AttackedNode.person)"
        let search: [(name: String, value: String)] = [
            ("patient.identifier", patient), ("_count", "5"), ("_offset", "0"), ("date", "ge2026-01-01"),
            ("_sort", "-date"), ("status", "final"), ("_id", "x"), ("_lastUpdated", "le2099-01-01"),
        ]
        let order =
            #"{"resource":{"resourceType":"ServiceRequest","id":"1","status":"draft","intent":"order","#
            + #""subject":{"reference":"Patient/1"},"#
            + #""code":{"coding":[{"system":"urn:yilian:catalogue","code":"GLU"}]}}}"#
        let person = #"[{"system":"CN","value":"\#(AttackedNode.person)","type":"citizenID"}]"#
        let hook = """
            {"hook":"order-sign","hookInstance":"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",\
            "context":{"userId":"Practitioner/1",\
            "patientId":"1","draftOrders":{"resourceType":"Bundle","type":"collection","entry":[\(order)]}},"prefetch":\
            {"patient":{"resourceType":"Patient","id":"1","identifier":[{"system":"urn:oid:2.16.156.10011.1.3",\
            "value":"\(AttackedNode.person)"}]}}}
            """
        let report = """
            {"resourceType":"DiagnosticReport","id":"r","status":"final","code":{"text":"血糖"},\
            "effectiveDateTime":"2026-11-20",\
            "identifier":[{"value":"F-9"}],"contained":[{"resourceType":"Patient","id":"p","identifier":[{"system":\
            "urn:oid:2.16.156.10011.1.3","value":"\(AttackedNode.person)"}]},{"resourceType":"Observation","id":"o",\
            "status":"final","code":{"coding":[{"code":"GLU"}]},"valueQuantity":{"value":5.6,"unit":"mmol/L"}}],\
            "subject":{"reference":"#p"},"result":[{"reference":"#o"}]}
            """
        return [
            HonestPage(.hospitals, "GET", "fhir/metadata"),
            HonestPage(.hospitals, "GET", "fhir/DiagnosticReport", search),
            HonestPage(
                .hospitals, "POST", "fhir/DiagnosticReport/_search", [],
                search.map { "\($0.name)=\($0.value)" }.joined(separator: "&"),
                type: "application/x-www-form-urlencoded"),
            HonestPage(.hospitals, "GET", "fhir/DiagnosticReport/x"),
            HonestPage(.hospitals, "POST", "fhir/DiagnosticReport", [], report, type: fhir),
            HonestPage(
                .hospitals, "POST", "fhir/Patient/$match", [], #"{"resourceType":"Parameters","parameter":[]}"#,
                type: fhir),
            HonestPage(
                .hospitals, "GET", "fhir/Patient/$ihe-pix", [("sourceIdentifier", patient), ("targetSystem", "x")]),
            HonestPage(.hospitals, "GET", "fhir/messages/HOSTILE-1"),
            HonestPage(.hospitals, "GET", "cds-services"),
            HonestPage(.hospitals, "POST", "cds-services/yilian-order-sign", [], hook),
            HonestPage(
                .hospitals, "POST", "cds-services/yilian-order-sign/feedback", [],
                #"{"feedback":[{"card":"\#(names.match)","outcome":"accepted","#
                    + #""outcomeTimestamp":"2026-11-20T08:00:00Z"}]}"#
            ),
            HonestPage(
                .hospitals, "POST", "recognition/match", [],
                #"{"patient":\#(person),"orderNumber":"O-9","items":[{"code":"GLU"}],"consent":"C-1"}"#),
            HonestPage(
                .hospitals, "POST", "recognition/open", [], #"{"match":"\#(names.match)","entry":"\#(names.entry)"}"#),
            HonestPage(
                .hospitals, "POST", "recognition/decisions", [],
                #"{"match":"\#(names.match)","item":"GLU","entry":"\#(names.entry)","outcome":"recognised"}"#),
            HonestPage(.hospitals, "GET", "recognition/decisions/\(names.match)"),
            HonestPage(.hospitals, "GET", "recognition/reasons"), HonestPage(.hospitals, "GET", "recognition/alerts"),
            HonestPage(.hospitals, "POST", "recognition/alerts/acknowledge", [], #"{"current":"\#(names.entry)"}"#),
        ]
    }
}
