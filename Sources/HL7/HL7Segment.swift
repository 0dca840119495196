/// One segment of a message.
package struct HL7Segment: Sendable {
    /// Three letters or digits: `PID`, `OBX`, `ZXX`.
    package let name: String
    /// The how manieth segment of this name it is in its message, from 1.
    package let sequence: Int
    let span: HL7Span

    /// The segment as it stands in the message.
    package var raw: String { span.raw }

    /// A field by its HL7 number, from 1.
    ///
    /// In MSH, FHS and BHS, field 1 is the field separator itself.
    package func field(_ number: Int) -> HL7Field {
        let separator = span.delimiters.field
        guard number >= 1 else { return HL7Field(span: span.part(span.range.upperBound..<span.range.upperBound)) }
        guard isHeader else { return HL7Field(span: span.piece(number, separator)) }
        if number == 1 {
            let start = min(span.range.lowerBound + 3, span.range.upperBound)
            return HL7Field(span: span.part(start..<min(start + 1, span.range.upperBound)))
        }
        return HL7Field(span: span.piece(number - 1, separator))
    }

    /// The numbers of the fields that hold anything, from 1.
    package var filledFields: [Int] {
        var numbers: [Int] = []
        var number = isHeader ? 1 : 0
        var length = 0
        for byte in span.bytes[span.range] {
            if byte == span.delimiters.field {
                if number > 0, length > 0 { numbers.append(number) }
                number += 1
                length = 0
            } else {
                length += 1
            }
        }
        if number > 0, length > 0 { numbers.append(number) }
        return numbers
    }

    private var isHeader: Bool { name == "MSH" || name == "FHS" || name == "BHS" }
}

extension HL7Segment {
    /// Segments that a message with results may have.
    ///
    /// Told from text by their name alone where a line is nothing but a name.
    private static let names: Set<String> = [
        "MSH", "SFT", "UAC", "ARV", "EVN", "PID", "PD1", "NK1", "PV1", "PV2", "AL1", "DG1", "GT1", "IN1", "IN2", "IN3",
        "PRT", "ORC", "OBR", "OBX", "NTE", "SPM", "SAC", "TQ1", "TQ2", "CTI", "CTD", "FT1", "ROL", "DSC", "ADD", "ERR",
        "MSA", "FHS", "BHS", "BTS", "FTS",
    ]

    /// HL7's other segments (2.2 to 2.9): no message with results has them, and each is one all the same.
    private static let others: Set<String> = [
        "ABS", "ACC", "ADJ", "AFF", "AIG", "AIL", "AIP", "AIS", "APR", "AUT", "BLC", "BLG", "BPO", "BPX", "BTX", "BUI",
        "CDM", "CDO", "CER", "CM0", "CM1", "CM2", "CNS", "CON", "CSP", "CSR", "CSS", "CTR", "DB1", "DEV", "DMI", "DON",
        "DPS", "DRG", "DSP", "DST", "ECD", "ECR", "ECS", "EDU", "EQL", "EQP", "EQU", "ERQ", "FAC", "FHS", "GOL", "GP1",
        "GP2", "HXX", "IAM", "IAR", "IIM", "ILT", "INV", "IPC", "IPR", "ISD", "ITM", "IVC", "IVT", "LAN", "LCC", "LCH",
        "LDP", "LOC", "LRL", "MCP", "MFA", "MFE", "MFI", "MRG", "NCK", "NDS", "NPU", "NSC", "NST", "ODS", "ODT", "OH1",
        "OH2", "OH3", "OH4", "OM1", "OM2", "OM3", "OM4", "OM5", "OM6", "OM7", "OMC", "ORG", "OVR", "PAC", "PCE", "PCR",
        "PDA", "PDC", "PEO", "PES", "PKG", "PM1", "PMT", "PRA", "PRB", "PRC", "PRD", "PSG", "PSH", "PSL", "PSS", "PTH",
        "PYE", "QAK", "QID", "QPD", "QRD", "QRF", "QRI", "RCP", "RDF", "RDT", "REL", "RF1", "RFI", "RGS", "RMI", "RQ1",
        "RQD", "RXA", "RXC", "RXD", "RXE", "RXG", "RXO", "RXR", "RXV", "SCD", "SCH", "SCP", "SDD", "SGH", "SGT", "SHP",
        "SID", "SLT", "STF", "STZ", "TCC", "TCD", "TXA", "UB1", "UB2", "URD", "URS", "VAR", "VND", "VTQ",
    ]

    /// Whether a name is a segment's: one of HL7's, or one of a site's own (Z).
    static func isKnown(_ name: String) -> Bool { names.contains(name) || name.hasPrefix("Z") }

    /// Whether HL7 has the name at all, or a site may.
    static func isOne(_ name: String) -> Bool { isKnown(name) || others.contains(name) }
}
