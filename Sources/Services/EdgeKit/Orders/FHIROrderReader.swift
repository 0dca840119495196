package import Effects
package import FHIR
package import ServiceKit

/// An order as a ServiceRequest says it.
package struct FHIROrder {
    package var patient: PatientDemographics
    package var number: OrderNumber
    /// Who asks.
    package var practitioner: String
    /// A code of the coding system of the service.
    package var kind: String
    package var content: FHIROrderContent
}

/// Reads orders (ServiceRequest): pure, the same resource gives the same order.
///
/// The patient and the practitioner are contained, or named by an identifier. Documents are contained too
/// (DocumentReference, Media); a consent is one of `supportingInfo`, and the reason why there is none an extension.
package struct FHIROrderReader {
    /// The reason why there is no consent, in an emergency.
    package static let breakGlass = "urn:yilian:fhir:break-glass"

    private let kinds: String
    private let taking: Set<FHIROrderContent.Taking>
    private let account: FHIROrderAccount
    private let now: WallTime

    /// - Parameters:
    ///   - kinds: the coding system of the kinds of order, as the region agreed on them.
    ///   - elements: elements of the ServiceRequest that the service reads itself.
    package init(
        kinds: String, taking: Set<FHIROrderContent.Taking> = [], elements: Set<String> = [], now: WallTime
    ) {
        self.kinds = kinds
        self.taking = taking
        account = FHIROrderAccount(alsoRead: elements)
        self.now = now
    }

    /// - Returns: `nil` where something is missing; the findings say what.
    package func order(_ resource: FHIRResource, _ findings: inout FHIRFindings) -> FHIROrder? {
        let bundle = FHIRBundle(single: resource)
        guard let entry = bundle.entries.first else {
            findings.refuse(.structure, "there is no resource")
            return nil
        }
        account.check(resource, &findings)
        checkOrder(resource, &findings)
        let patient = patient(bundle, entry, &findings)
        let number = number(resource, &findings)
        let practitioner = practitioner(bundle, entry, &findings)
        let kind = kind(resource, &findings)
        let content = FHIROrderContent(bundle, entry, taking: taking, &findings)
        if bundle.meter.isExhausted {
            findings.refuse(.tooLong, "its references lead to more than is read of one order", "ServiceRequest")
        }
        if content.consent == nil, content.breakGlassReason == nil {
            findings.refuse(
                .required,
                "neither the patient's consent (supportingInfo: a Consent) nor the reason why there is none "
                    + "(extension \(Self.breakGlass)) is there", "ServiceRequest.supportingInfo")
        }
        guard !findings.isRefused, let patient, let number, let practitioner, let kind else { return nil }
        return FHIROrder(
            patient: patient, number: number, practitioner: practitioner, kind: kind, content: content)
    }

    private func checkOrder(_ resource: FHIRResource, _ findings: inout FHIRFindings) {
        if resource.string("status") != "active" {
            findings.refuse(
                .notSupported, "only active orders are taken: a request that was made is not changed or cancelled",
                "ServiceRequest.status")
        }
        let orders = ["order", "original-order", "filler-order", "instance-order"]
        if !orders.contains(resource.string("intent") ?? "") {
            findings.refuse(.notSupported, "only orders are taken (intent: order)", "ServiceRequest.intent")
        }
        if resource["doNotPerform"] == true {
            findings.refuse(.notSupported, "an order not to do something is none", "ServiceRequest.doNotPerform")
        }
    }

    private func patient(
        _ bundle: FHIRBundle, _ entry: FHIRBundle.Entry, _ findings: inout FHIRFindings
    ) -> PatientDemographics? {
        let reader = FHIRPatientReader(bundle: bundle, now: now)
        let subject = entry.resource["subject"]
        let person: PatientDemographics
        if let found = bundle.resolve(subject, from: entry, type: "Patient") {
            person = reader.patient(found)
        } else if let identifier = subject?["identifier"] {
            person = reader.patient(identifier: identifier, display: subject?["display"]?.string, from: entry)
        } else {
            findings.refuse(
                .required, "the patient must be contained in the resource, or named by an identifier",
                "ServiceRequest.subject")
            return nil
        }
        let identifiers = person.identifiers.filter { $0.reach != .nobody && !$0.isFormer }
        guard !identifiers.isEmpty else {
            findings.refuse(.required, "there is no number that names the patient", "ServiceRequest.subject")
            return nil
        }
        let birthDate = person.birthDate.flatMap(ClinicalTime.birthDate)
        if person.birthDate != nil, birthDate == nil {
            findings.warn(.value, "a date of birth that cannot be read is not carried", "Patient.birthDate")
        }
        return PatientDemographics(
            identifiers: identifiers, name: person.name, birthDate: birthDate, sex: person.sex)
    }

    /// The placer's number (type PLAC), else the only one.
    private func number(_ resource: FHIRResource, _ findings: inout FHIRFindings) -> OrderNumber? {
        let all = resource.items("identifier")
        let placers = all.filter { FHIRElement.code($0["type"]) == "PLAC" }
        let candidates = placers.isEmpty ? all : placers
        guard candidates.count == 1, let item = candidates.first,
            let number = OrderNumber(
                value: FHIRElement.text(item["value"]) ?? "", system: item["system"]?.string ?? "")
        else {
            findings.refuse(
                .required, "the hospital's own number of the order must be there once (identifier, type PLAC)",
                "ServiceRequest.identifier")
            return nil
        }
        if all.count > 1 {
            findings.warn(.notSupported, "only the placer's number of the order is taken", "ServiceRequest.identifier")
        }
        return number
    }

    private func practitioner(
        _ bundle: FHIRBundle, _ entry: FHIRBundle.Entry, _ findings: inout FHIRFindings
    ) -> String? {
        let requester = entry.resource["requester"]
        let found = bundle.resolve(requester, from: entry, type: "Practitioner")?.resource
        let ids = [requester?["identifier"]].compactMap { $0 } + (found?.items("identifier") ?? [])
        guard let id = ids.lazy.compactMap({ FHIRElement.text($0["value"])?.trimmed.nonEmpty }).first else {
            findings.refuse(
                .required,
                "nobody is named who asks: the practitioner's id (requester.identifier, or a contained "
                    + "Practitioner)", "ServiceRequest.requester")
            return nil
        }
        return id
    }

    private func kind(_ resource: FHIRResource, _ findings: inout FHIRFindings) -> String? {
        let codings = FHIRElement.items(resource["code"]?["coding"])
        let own = codings.filter { $0["system"]?.string == kinds }
        guard let code = (own.first ?? codings.first).flatMap({ FHIRElement.text($0["code"])?.trimmed.nonEmpty }) else {
            findings.refuse(
                .required, "the kind of request is missing: a code that the region agreed on (\(kinds))",
                "ServiceRequest.code")
            return nil
        }
        if codings.count > 1 {
            findings.warn(.notSupported, "only the region's code of the request is taken", "ServiceRequest.code")
        }
        return code
    }
}
