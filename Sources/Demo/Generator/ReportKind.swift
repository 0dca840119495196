/// What kind of report a generated message carries.
package enum ReportKind: String, Sendable, CaseIterable, Hashable {
    case laboratory
    /// Radiography, computed tomography, magnetic resonance and ultrasound.
    case imaging
    case ecg

    /// The letter of this kind in order numbers and message identifiers.
    var letter: String {
        switch self {
        case .laboratory: "L"
        case .imaging: "R"
        case .ecg: "E"
        }
    }

    /// The system that sends such reports, as it stands in MSH-3.
    var application: String {
        switch self {
        case .laboratory: "LIS"
        case .imaging: "RIS"
        case .ecg: "ECGNET"
        }
    }

    /// The ward or room that produces such reports.
    var department: String {
        switch self {
        case .laboratory: "检验科"
        case .imaging: "影像科"
        case .ecg: "心电图室"
        }
    }
}

/// Which version of a report a generated message carries.
package enum ReportVersion: String, Sendable, CaseIterable, Hashable {
    case preliminary, final, corrected, void

    /// OBR-25 of this version: P, F, C, X.
    var resultStatus: String {
        switch self {
        case .preliminary: "P"
        case .final: "F"
        case .corrected: "C"
        case .void: "X"
        }
    }

    /// OBX-11 of an unchanged observation of this version; a void posts its observations as wrong.
    var observationStatus: String {
        switch self {
        case .preliminary: "P"
        case .final, .corrected: "F"
        case .void: "W"
        }
    }

    /// The FHIR status of this version.
    var fhirStatus: String {
        switch self {
        case .preliminary: "preliminary"
        case .final: "final"
        case .corrected: "corrected"
        case .void: "entered-in-error"
        }
    }
}
