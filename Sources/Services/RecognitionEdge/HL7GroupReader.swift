import EdgeKit
import HL7
import Recognition
import ServiceKit

/// Walks through a message and gathers what belongs to each report.
struct HL7GroupReader {
    private(set) var groups: [HL7OrderGroup] = []
    private(set) var problems: [HL7Problem] = []
    private(set) var warnings = HL7Warnings()

    private enum NoteOwner { case none, patient, order, request, observation }

    private let patients: HL7PatientReader
    private var patient: PatientDemographics?
    private var order: HL7Segment?
    private var orderNotes: [String] = []
    private var patientNotes: [String] = []
    private var noteOwner = NoteOwner.none
    /// Whether the last group can still take observations and specimens.
    private var isGroupOpen = false

    init(_ message: HL7Message, patients: HL7PatientReader) {
        self.patients = patients
        for segment in message.segments { take(segment) }
        passOverUnusedOrder()
        if message.header.field(14).value != nil {
            problems.append(
                HL7Problem(
                    .segmentSequence, segment: "MSH", field: 14,
                    text: "messages in several parts are not taken: send the whole message"))
        }
        if message.segment("PID") == nil {
            problems.append(HL7Problem(.segmentSequence, segment: "PID", text: "the message has no PID segment"))
        } else if groups.isEmpty, problems.isEmpty {
            problems.append(HL7Problem(.segmentSequence, segment: "OBR", text: "the message has no OBR segment"))
        }
    }

    private mutating func take(_ segment: HL7Segment) {
        switch segment.name {
        case "PID": takePatient(segment)
        case "ORC":
            passOverUnusedOrder()
            order = segment
            orderNotes = []
            noteOwner = .order
        case "OBR": takeRequest(segment)
        case "OBX": takeObservation(segment)
        case "SPM":
            takeOrderBehindRequest()
            if let last = groups.indices.last, isGroupOpen {
                groups[last].specimens.append(segment)
            } else {
                passOver(segment, "no OBR stands before this SPM; it is passed over")
            }
            noteOwner = isGroupOpen ? .request : .none
        case "NTE": takeNote(segment)
        case "DSC" where segment.field(1).value != nil:
            problems.append(
                HL7Problem(
                    .segmentSequence, segment: "DSC", sequence: segment.sequence, field: 1,
                    text: "messages in several parts are not taken: send the whole message"))
        default: break
        }
    }

    private mutating func takePatient(_ segment: HL7Segment) {
        let patient = patients.patient(segment)
        if patient.identifiers.allSatisfy({ $0.reach == .nobody }) {
            let text =
                patient.identifiers.isEmpty
                ? "the patient has no identifier" : "the patient has no identifier but place-holders that name nobody"
            problems.append(
                HL7Problem(
                    .requiredFieldMissing, segment: "PID", sequence: segment.sequence, field: 3, component: 1,
                    text: text))
        }
        if let date = patient.birthDate, ClinicalTime(date) == nil {
            warnings.add(
                HL7Problem(
                    .dataType, segment: "PID", sequence: segment.sequence, field: 7,
                    text: "the date of birth cannot be read; it is kept as text", severity: .warning))
        }
        self.patient = patient
        passOverUnusedOrder()
        order = nil
        orderNotes = []
        patientNotes = []
        noteOwner = .patient
        isGroupOpen = false
    }

    private mutating func takeRequest(_ segment: HL7Segment) {
        noteOwner = .request
        guard let patient else {
            problems.append(
                HL7Problem(
                    .segmentSequence, segment: "OBR", sequence: segment.sequence,
                    text: "no PID segment stands before this OBR"))
            return
        }
        groups.append(
            HL7OrderGroup(
                patient: patient, order: order, request: segment, notes: patientNotes + orderNotes))
        isGroupOpen = true
        order = nil
        orderNotes = []
    }

    /// An ORC that results follow, and no OBR, belongs to the OBR before it: some systems write it there.
    private mutating func takeOrderBehindRequest() {
        guard let order, let last = groups.indices.last, isGroupOpen else { return }
        if groups[last].order == nil {
            groups[last].order = order
        } else {
            passOver(order, "the OBR before this ORC has one already; the ORC is passed over")
        }
        groups[last].notes += orderNotes
        self.order = nil
        orderNotes = []
    }

    private mutating func takeObservation(_ segment: HL7Segment) {
        takeOrderBehindRequest()
        noteOwner = .observation
        guard let last = groups.indices.last, isGroupOpen else {
            noteOwner = .none
            passOver(segment, "no OBR stands before this OBX; it is passed over")
            return
        }
        groups[last].observations.append(HL7OrderGroup.Observation(segment: segment))
    }

    private mutating func takeNote(_ segment: HL7Segment) {
        guard let text = HL7Note.text(segment) else { return }
        let last = groups.indices.last
        switch noteOwner {
        case .none: passOver(segment, "nothing that is taken stands before this NTE; it is passed over")
        case .patient: patientNotes.append(text)
        case .order: orderNotes.append(text)
        case .request:
            if let last { groups[last].notes.append(text) }
        case .observation:
            guard let last, let observation = groups[last].observations.indices.last else { return }
            groups[last].observations[observation].notes.append(text)
        }
    }

    private mutating func passOver(_ segment: HL7Segment, _ text: String) {
        warnings.add(
            HL7Problem(
                .segmentSequence, segment: segment.name, sequence: segment.sequence, text: text, severity: .warning))
    }

    /// An ORC that no OBR follows: it is that of a bare OBR before it, or nobody's.
    private mutating func passOverUnusedOrder() {
        guard let order else { return }
        if let last = groups.indices.last, isGroupOpen, groups[last].order == nil, groups[last].observations.isEmpty {
            takeOrderBehindRequest()
        } else {
            passOver(order, "this ORC belongs to no OBR; it is passed over")
        }
    }
}
