import Recognition
import ServiceKit
public import YilianTestKit

/// One line of a report: what was measured, in the very words of the laboratory.
public struct TestObservation: Hashable, Sendable {
    /// What was measured, as the laboratory codes it.
    public var code: String
    /// The same in words.
    public var name: String
    /// In its lexical form (`0.50`, `<0.01`).
    public var value: String
    /// The unit of measure; empty where there is none.
    public var unit: String
    /// As the laboratory writes it; empty where there is none.
    public var referenceRange: String
    /// What is remarkable about the value, such as `H`.
    public var flags: [String]

    /// A line with code, name and value; the rest may be left out.
    public init(
        _ code: String, _ name: String, _ value: String, unit: String = "", referenceRange: String = "",
        flags: [String] = []
    ) {
        self.code = code
        self.name = name
        self.value = value
        self.unit = unit
        self.referenceRange = referenceRange
        self.flags = flags
    }
}

/// A document of a report, for example its PDF; a long one travels beside the report.
public struct TestDocument: Hashable, Sendable {
    /// What people call it.
    public var title: String
    /// Its media type.
    public var contentType: String
    /// The document itself.
    public var bytes: [UInt8]

    /// A PDF, where no other media type is named.
    public init(_ title: String, contentType: String = "application/pdf", bytes: [UInt8]) {
        self.title = title
        self.contentType = contentType
        self.bytes = bytes
    }
}

/// A report as a hospital's system hands it to its node: the whole of it, which replaces what was there.
public struct TestReport: Hashable, Sendable {
    /// How far a report is.
    public enum Status: String, Hashable, Sendable, CaseIterable {
        case preliminary
        case final
        case corrected
        case void
    }

    /// Whose report it is.
    public var patient: TestPatient
    /// Further identifiers under which the report names the patient; their names are not used.
    public var otherIdentifiers: [TestPatient]
    /// The laboratory's own number of the report; it makes two messages speak of one result.
    public var orderNumber: String
    /// Who issues it; the unit of the node where none is given.
    public var institution: String?
    /// What was ordered, as the institution codes it.
    public var serviceCode: String
    /// The same in words.
    public var serviceName: String
    /// How far the report is; `void` withdraws it.
    public var status: Status
    /// Its lines, in their order.
    public var observations: [TestObservation]
    /// The physician's conclusion; shown, and never recognised elsewhere.
    public var conclusion: String?
    /// Its documents, such as the printed report.
    public var documents: [TestDocument]
    /// `false` for HL7 processing modes T and D: published and never recognisable.
    public var isProduction: Bool
    /// As the message says it, such as `20261103083000+0800`.
    public var issuedTime: String?
    /// Code or name of the specimen.
    public var specimen: String?

    /// A final report of one blood glucose, where nothing else is said.
    public init(
        _ orderNumber: String, of patient: TestPatient, status: Status = .final, serviceCode: String = "GLU",
        serviceName: String = "空腹血糖",
        observations: [TestObservation] = [
            TestObservation("GLU", "葡萄糖", "5.60", unit: "mmol/L", referenceRange: "3.90-6.10")
        ],
        conclusion: String? = nil, documents: [TestDocument] = [], institution: String? = nil,
        isProduction: Bool = true, otherIdentifiers: [TestPatient] = [], issuedTime: String? = nil,
        specimen: String? = nil
    ) {
        self.orderNumber = orderNumber
        self.patient = patient
        self.otherIdentifiers = otherIdentifiers
        self.status = status
        self.serviceCode = serviceCode
        self.serviceName = serviceName
        self.observations = observations
        self.conclusion = conclusion
        self.documents = documents
        self.institution = institution
        self.isProduction = isProduction
        self.issuedTime = issuedTime
        self.specimen = specimen
    }

    func submission(institution unit: String) -> ReportSubmission {
        ReportSubmission(
            content: ReportContent(
                institution: institution ?? unit,
                patient: PatientDemographics(
                    identifiers: [patient.key] + otherIdentifiers.map(\.key), name: patient.name),
                fillerOrderNumber: orderNumber,
                service: Coding(codes: [Coding.Code(code: serviceCode, display: serviceName)]), status: status.model,
                category: .laboratory, issuedTime: issuedTime,
                specimens: specimen.map { [Coding(codes: [Coding.Code(code: $0)])] } ?? [],
                observations: observations.enumerated().map { $1.model(position: $0 + 1) },
                conclusions: conclusion.map { [.conclusion($0)] } ?? [],
                attachments: documents.map {
                    ReportAttachment(contentType: $0.contentType, title: $0.title, bytes: $0.bytes)
                }),
            completeness: .whole, format: .hl7v2, messageID: orderNumber, isProduction: isProduction)
    }
}

extension TestReport.Status {
    fileprivate var model: ReportStatus {
        switch self {
        case .preliminary: .preliminary
        case .final: .final
        case .corrected: .corrected
        case .void: .void
        }
    }
}

extension TestObservation {
    fileprivate func model(position: Int) -> ReportedObservation {
        ReportedObservation(
            setID: "\(position)", code: Coding(codes: [Coding.Code(code: code, display: name)]), valueType: "ST",
            value: value, unit: unit.isEmpty ? nil : Coding(codes: [Coding.Code(code: unit)]),
            referenceRange: referenceRange.isEmpty ? nil : referenceRange, flags: flags)
    }

    init(_ observation: ReportedObservation) {
        self.init(
            observation.code.code, observation.code.display, observation.value, unit: observation.unit?.display ?? "",
            referenceRange: observation.referenceRange ?? "", flags: observation.flags)
    }
}
