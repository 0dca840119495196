package import Effects

/// What goes out to a hospital's system by itself.
package enum OutgoingKind: String, CaseIterable, Sendable {
    /// A report that answers what the hospital asked for.
    case reports
    /// That a result which the hospital read has been corrected or voided.
    case alerts
    /// What another unit decided about a result of the hospital.
    case decisions
    /// A case that is offered to the hospital, and what becomes of one that it made.
    case cases
}

/// In which form a system takes messages.
package enum OutgoingForm: String, CaseIterable, Sendable {
    case hl7v2
    case fhir
}

/// That something is to go out: enough to say for whom, and nothing about the patient.
package struct OutgoingNotice: Sendable, Equatable {
    /// The same message always has the same key; at most 200 bytes.
    package var key: String
    package var kind: OutgoingKind
    /// The id of the unit whose systems get it.
    package var institution: String
    /// Messages of one patient keep their order: whatever stands for the patient here, such as each of the patient's keys.
    ///
    /// Two messages that share any of it are of one patient.
    package var patients: [String]
    /// Where it stands in its source's order.
    package var position: Int64

    package init(key: String, kind: OutgoingKind, institution: String, patients: [String], position: Int64) {
        self.key = key
        self.kind = kind
        self.institution = institution
        self.patients = patients
        self.position = position
    }
}

/// What a message says, in the forms that it has.
package struct OutgoingContent: Sendable {
    /// What an HL7 v2 message says of where it goes.
    package struct Header: Sendable {
        /// MSH-10.
        package var controlID: String
        /// MSH-5 and MSH-6.
        package var application: String
        package var facility: String
        /// MSH-18.
        package var characterSet: String
        package var time: WallTime

        package init(
            controlID: String, application: String, facility: String, characterSet: String, time: WallTime
        ) {
            self.controlID = controlID
            self.application = application
            self.facility = facility
            self.characterSet = characterSet
            self.time = time
        }
    }

    /// A resource that a FHIR server is to hold; sent again, it stays one.
    package struct Update: Sendable, Equatable {
        /// Below the server's base address: a conditional update, such as `DiagnosticReport?identifier=…`.
        package var target: String
        package var body: [UInt8]

        package init(target: String, body: [UInt8]) {
            self.target = target
            self.body = body
        }
    }

    /// The text of the HL7 v2 message, segments with CR behind each.
    package var hl7: (@Sendable (Header) -> String)?
    package var fhir: Update?

    package init(hl7: (@Sendable (Header) -> String)? = nil, fhir: Update? = nil) {
        self.hl7 = hl7
        self.fhir = fhir
    }
}

extension PatientKeyring {
    /// What stands for a person in notices, by the keys of every epoch that has begun: a header has those of the epoch in
    /// which it was written alone, and a patient's messages keep their order when another begins.
    ///
    /// - Returns: nothing for what this node has no secret for.
    package func names(of identifiers: [PatientIdentifier], within institution: String, at now: WallTime) -> [String] {
        PatientKeyReference.names(identifiers.flatMap { (try? all(of: $0, within: institution, at: now)) ?? [] })
    }

    /// Whether anybody can have keys of more than one epoch.
    package var hasSeveralEpochs: Bool { region.current.patientKeyEpochs.count > 1 }
}

extension PatientKeyReference {
    /// Each key as a notice names its patient.
    package static func names(_ keys: [PatientKeyReference]) -> [String] {
        Set(keys).sorted { $0.isOrdered(before: $1) }.map { key in
            key.key.bytes.map { String($0, radix: 16) }.joined(separator: "-")
        }
    }
}
