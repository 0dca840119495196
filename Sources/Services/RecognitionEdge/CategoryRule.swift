import Recognition

/// The class of an examination from the diagnostic service section (HL7 table 0074) or a DICOM modality.
enum CategoryRule {
    static func category(_ section: String) -> ReportCategory? {
        switch section.trimmed.uppercased() {
        case "LAB", "CH", "HM", "MB", "SR", "BLB", "TX", "VR", "IMM", "MCB", "MYC", "ICU", "BG", "GE", "LABORATORY",
            "检验":
            .laboratory
        case "RAD", "RX", "CT", "NMR", "NMS", "MR", "MRI", "DX", "DR", "CR", "MG", "XRC", "CTH", "IMAGING",
            "RADIOLOGY", "放射", "影像":
            .imaging
        case "RUS", "OUS", "CUS", "VUS", "US", "ULTRASOUND", "超声": .ultrasound
        case "EC", "ECG", "EKG", "心电": .electrocardiogram
        case "SP", "CP", "CG", "PAT", "PATHOLOGY", "病理": .pathology
        default: nil
        }
    }
}
