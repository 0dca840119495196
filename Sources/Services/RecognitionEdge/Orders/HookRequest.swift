package import Effects
import FHIR
package import Recognition
import Regions

/// A call of a CDS Hooks service, read as an order and a patient.
///
/// Orders are `ServiceRequest` resources of `context.draftOrders`; `order-select` names in `context.selections` which of
/// them are meant. The patient is `prefetch.patient`, as the service's discovery asks for it.
package struct HookRequest: Sendable, Equatable {
    package struct Order: Sendable, Equatable {
        /// `ServiceRequest/1`.
        package var reference: String
        package var number: String
        package var codings: [MatchOrder.Code]
    }

    package var hook: String
    /// What the call says of the patient: a result that contradicts it is left to the doctor.
    package var patient: PatientDemographics
    package var identifiers: [PatientIdentifier] { patient.identifiers }
    package var orders: [Order]

    /// Reads the body of a call.
    ///
    /// - Throws: `hook.malformed`, which says what is missing; `hook.noPatient`.
    package init(_ bytes: [UInt8], now: WallTime) throws {
        guard let json = try? JSONParser.parse(bytes) else {
            throw Self.malformed("the body is no JSON", "send a CDS Hooks request")
        }
        guard let hook = json["hook"]?.string, ["order-select", "order-sign"].contains(hook) else {
            throw Self.malformed("'hook' is neither order-select nor order-sign", "call one of these hooks")
        }
        guard let context = json["context"], let bundle = context["draftOrders"] else {
            throw Self.malformed("'context.draftOrders' is missing", "send the draft orders as a Bundle")
        }
        self.hook = hook
        patient = try Self.patient(json["prefetch"]?["patient"], now: now)
        let selected = context["selections"].map { Set($0.items.compactMap(\.string)) }
        var orders: [Order] = []
        for (index, entry) in (bundle["entry"]?.items ?? []).enumerated() {
            guard let resource = entry["resource"], resource["resourceType"]?.string == "ServiceRequest" else {
                continue
            }
            let order = Self.order(resource, index: index)
            if hook == "order-select", let selected, !selected.contains(order.reference) { continue }
            guard !order.codings.isEmpty else {
                throw Self.malformed("a ServiceRequest has no code", "send code.coding with system and code")
            }
            orders.append(order)
        }
        guard !orders.isEmpty else {
            throw Self.malformed("no ServiceRequest is ordered", "send at least one in context.draftOrders")
        }
        self.orders = orders
    }

    private static func order(_ resource: JSONValue, index: Int) -> Order {
        let id = resource["id"]?.string ?? "\(index + 1)"
        let number =
            resource["identifier"]?.items.compactMap { $0["value"]?.string }.first
            ?? resource["requisition"]?["value"]?.string ?? id
        let codings = (resource["code"]?["coding"]?.items ?? []).compactMap { coding -> MatchOrder.Code? in
            guard let code = coding["code"]?.string, !code.isEmpty else { return nil }
            return MatchOrder.Code(system: coding["system"]?.string ?? "", code: code, orderNumber: number)
        }
        return Order(reference: "ServiceRequest/" + id, number: number, codings: codings)
    }

    /// By the rules by which messages are read, so that the same number gives the same patient key.
    private static func patient(_ patient: JSONValue?, now: WallTime) throws -> PatientDemographics {
        guard var patient = patient?.object, patient["resourceType"]?.string == "Patient" else {
            throw Failure(
                "hook.noPatient", "'prefetch.patient' is no Patient resource",
                remedy: "send the prefetch that GET /cds-services names: Patient/{{context.patientId}}")
        }
        patient["id"] = "patient"
        let report: JSONValue = [
            "resourceType": "DiagnosticReport", "id": "hook", "contained": [.object(patient)],
            "subject": ["reference": "#patient"],
        ]
        let found = (try? FHIRResource(report)).flatMap {
            FHIRReportMapper(institution: "", now: now).map($0).submissions.first?.content.patient
        }
        guard let found, !found.identifiers.isEmpty else {
            throw Failure(
                "hook.noPatient", "the patient has no identifier that can be read",
                remedy: "send Patient.identifier with system and value")
        }
        return found
    }

    private static func malformed(_ message: String, _ remedy: String) -> Failure {
        Failure("hook.malformed", message, remedy: remedy)
    }
}
