import EdgeKit
package import Effects
import FHIR
package import Recognition
import Regions
import ServiceKit

/// A call of a CDS Hooks service, read as an order and a patient.
///
/// Orders are `ServiceRequest` resources of `context.draftOrders`; `order-select` names in `context.selections` which of
/// them are meant. The patient is `prefetch.patient`, as the service's discovery asks for it. A draft that cannot be
/// read, or is about somebody else, stops no other: it is left out, and the answer says so.
package struct HookRequest: Sendable, Equatable {
    package struct Order: Sendable, Equatable {
        /// `ServiceRequest/1`.
        package var reference: String
        /// The hospital's number of the order; none where the draft has none yet: a resource's id is no number.
        package var number: String?
        package var codings: [MatchOrder.Code]
    }

    package var hook: String
    package var patient: PatientDemographics
    package var orders: [Order]
    /// What was left out, and why; without patient data.
    package var notes: [BilingualText] = []

    /// Reads the body of a call.
    ///
    /// - Throws: `hook.malformed`, which says what is missing; `hook.noPrefetch` where there are orders and no patient.
    package init(_ bytes: [UInt8], now: WallTime) throws {
        guard let json = try? JSONParser.parse(bytes).withTexts else {
            throw Self.malformed("the body is no JSON", "send a CDS Hooks request")
        }
        guard let hook = json["hook"]?.string, ["order-select", "order-sign"].contains(hook) else {
            throw Self.malformed("'hook' is neither order-select nor order-sign", "call one of these hooks")
        }
        guard let context = json["context"], let bundle = context["draftOrders"] else {
            throw Self.malformed("'context.draftOrders' is missing", "send the draft orders as a Bundle")
        }
        self.hook = hook
        orders = []
        let subject = HookSubject(bundle, now: now)
        var subjects: [[PatientIdentifier]] = []
        let patientID = context["patientId"]?.lexical.map(Self.plainID)
        let selected = context["selections"].map { Set($0.items.compactMap(\.string)) }
        for (index, entry) in (bundle["entry"]?.items ?? []).enumerated() {
            guard let resource = entry["resource"], resource["resourceType"]?.string == "ServiceRequest" else {
                continue
            }
            let order = Self.order(resource, index: index)
            if hook == "order-select", let selected, !selected.contains(order.reference) { continue }
            if let note = Self.obstacle(resource, order, patientID: patientID) {
                notes.append(note)
            } else {
                orders.append(order)
                subjects.append(subject.identifiers(resource, index: index))
            }
        }
        guard !orders.isEmpty else {
            patient = PatientDemographics(identifiers: [])
            return
        }
        let patient = try Self.patient(json["prefetch"]?["patient"], id: patientID, now: now)
        self.patient = patient
        let isAbout: ([PatientIdentifier]) -> Bool = { $0.isEmpty || HookSubject.isSame($0, as: patient) }
        for (order, named) in zip(orders, subjects) where !isAbout(named) {
            notes.append(HookSubject.note(String(order.reference.prefix(80))))
        }
        orders = zip(orders, subjects).filter { isAbout($0.1) }.map(\.0)
    }

    /// Why nothing is looked for on behalf of a draft; `nil` where something is.
    private static func obstacle(_ resource: JSONValue, _ order: Order, patientID: String?) -> BilingualText? {
        let name = order.reference.prefix(80)
        if order.codings.isEmpty {
            return BilingualText(
                "\(name)没有项目代码，未查询。", "\(name) has no code (code.coding with system and code); nothing was looked for.")
        }
        if resource["doNotPerform"] == true {
            return BilingualText(
                "\(name)为禁止执行，未查询。", "\(name) orders that something is not done; nothing was looked for.")
        }
        if !FHIRElement.items(resource["modifierExtension"]).isEmpty {
            return BilingualText(
                "\(name)含未知的修饰扩展（modifierExtension），未查询。",
                "\(name) has a modifierExtension, which is not known here; nothing was looked for.")
        }
        if let status = resource["status"]?.string, ["revoked", "entered-in-error", "completed"].contains(status) {
            return BilingualText("\(name)已撤销或完成，未查询。", "\(name) is \(status); nothing was looked for.")
        }
        let subject = resource["subject"]?["reference"]?.string
        if let subject, let patientID, !subject.hasPrefix("#"), !subject.contains("?"), !subject.hasPrefix("urn:"),
            plainID(subject) != patientID
        {
            return BilingualText(
                "\(name)的患者与当前患者不同，未查询。",
                "\(name) is about another patient than context.patientId; nothing was looked for.")
        }
        return nil
    }

    /// The id alone: `Patient/1` and `https://his/fhir/Patient/1/_history/2` name the patient `1`.
    private static func plainID(_ reference: String) -> String {
        let path = reference.firstRange(of: "/_history/").map { reference[..<$0.lowerBound] } ?? reference[...]
        return path.split(separator: "/").last.map(String.init) ?? ""
    }

    private static func order(_ resource: JSONValue, index: Int) -> Order {
        let id = resource["id"]?.string ?? "\(index + 1)"
        let number =
            FHIRElement.items(resource["identifier"]).lazy.compactMap { FHIRElement.text($0["value"]) }.first
            ?? FHIRElement.text(resource["requisition"]?["value"])
        let codings = FHIRElement.items(resource["code"]?["coding"]).compactMap { coding -> MatchOrder.Code? in
            guard let code = coding["code"]?.string, !code.isEmpty else { return nil }
            return MatchOrder.Code(system: coding["system"]?.string ?? "", code: code, orderNumber: number)
        }
        return Order(reference: "ServiceRequest/" + id, number: number, codings: codings)
    }

    /// By the rules by which messages are read, so that the same number gives the same patient key.
    private static func patient(_ patient: JSONValue?, id: String?, now: WallTime) throws -> PatientDemographics {
        guard let patient, let resource = try? FHIRResource(patient), resource.type == "Patient" else {
            throw Failure(
                "hook.noPrefetch", "'prefetch.patient' is no Patient resource",
                remedy: "send the prefetch that GET /cds-services names: Patient/{{context.patientId}}")
        }
        if let id, let given = resource.id, given != id {
            throw Failure(
                "hook.noPrefetch", "'prefetch.patient' is another patient than 'context.patientId'",
                remedy: "send the prefetch that GET /cds-services names: Patient/{{context.patientId}}")
        }
        var person = FHIRPatientMapper(now: now).patient(resource)
        // What was given up may be another person's number now: nothing is offered by it.
        person.identifiers.removeAll { $0.reach == .nobody || $0.isFormer }
        return person
    }

    private static func malformed(_ message: String, _ remedy: String) -> Failure {
        Failure("hook.malformed", message, remedy: remedy)
    }
}
