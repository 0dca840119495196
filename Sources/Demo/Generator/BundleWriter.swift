import Effects

/// Writes one version of a report as a FHIR R4 Bundle: message, transaction or collection, by turns.
struct BundleWriter {
    private enum Form: Int {
        case message, transaction, collection

        var code: String {
            switch self {
            case .message: "message"
            case .transaction: "transaction"
            case .collection: "collection"
            }
        }
    }

    private let plan: ReportPlan
    private let step: ReportPlan.Step
    private let messageID: String
    private let context: ReportContext
    private let form: Form
    private let resources: ResourceWriter

    init(plan: ReportPlan, step: ReportPlan.Step, messageID: String) {
        self.plan = plan
        self.step = step
        self.messageID = messageID
        context = ReportContext(plan)
        form = Form(rawValue: plan.serial / 12 % 3) ?? .collection
        resources = ResourceWriter(plan: plan, step: step, context: context)
    }

    /// The bytes of the Bundle.
    func write(_ content: ReportContent) -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.string("resourceType", "Bundle")
            json.object("identifier") { json in
                json.string("system", "urn:oid:2.999.1403.9")
                json.string("value", messageID)
            }
            json.string("type", form.code)
            json.string("timestamp", LocalTime.fhir(step.time))
            json.array("entry") { json in
                if form == .message { entry(&json, "MessageHeader") { header(&$0) } }
                entry(&json, "Patient") { resources.patient(&$0) }
                entry(&json, "DiagnosticReport") { resources.report(&$0, content) }
                for (index, line) in content.lines.enumerated() {
                    entry(&json, "Observation", index) { resources.observation(&$0, line) }
                }
            }
        }
        return json.bytes
    }

    private func entry(
        _ json: inout JSONText, _ type: String, _ index: Int = 0, _ body: (inout JSONText) -> Void
    ) {
        json.object { json in
            json.string("fullUrl", resources.url(type, index))
            json.object("resource") { json in
                json.string("resourceType", type)
                body(&json)
            }
            if form == .transaction {
                json.object("request") { json in
                    json.string("method", "POST")
                    json.string("url", type)
                }
            }
        }
    }

    private func header(_ json: inout JSONText) {
        json.object("eventCoding") { json in
            json.string("system", "http://terminology.hl7.org/CodeSystem/v2-0003")
            json.string("code", "R01")
        }
        json.object("source") { json in
            json.string("name", plan.institution.name)
            json.string("software", plan.kind.application)
            json.string("endpoint", "urn:yilian:demo:" + plan.institution.node)
        }
        json.array("focus") { json in
            json.object { $0.string("reference", resources.url("DiagnosticReport", 0)) }
        }
    }
}
