extension HL7Segment {
    /// Segments that a message with results may have.
    ///
    /// Told from text by their name alone where a line is nothing but a name.
    private static let names: Set<String> = [
        "MSH", "SFT", "UAC", "ARV", "EVN", "PID", "PD1", "NK1", "PV1", "PV2", "AL1", "DG1", "GT1", "IN1", "IN2", "IN3",
        "PRT", "ORC", "OBR", "OBX", "NTE", "SPM", "SAC", "TQ1", "TQ2", "CTI", "CTD", "FT1", "ROL", "DSC", "ADD", "ERR",
        "MSA", "FHS", "BHS", "BTS", "FTS",
    ]

    /// Whether a name is a segment's: one of HL7's, or one of a site's own (Z).
    static func isKnown(_ name: String) -> Bool { names.contains(name) || name.hasPrefix("Z") }
}
