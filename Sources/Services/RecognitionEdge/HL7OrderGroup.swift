import HL7
import Recognition

/// The segments of one report: ORC, OBR, and what follows until the next OBR.
struct HL7OrderGroup {
    struct Observation {
        var segment: HL7Segment
        var notes: [String] = []
    }

    var patient: PatientDemographics
    var order: HL7Segment?
    var request: HL7Segment
    var observations: [Observation] = []
    var specimens: [HL7Segment] = []
    var notes: [String] = []

    /// OBR-3, else ORC-3; the entity identifier alone.
    var fillerOrderNumber: String? { number(request, 3) ?? number(order, 3) }
    /// OBR-2, else ORC-2; the entity identifier alone.
    var placerOrderNumber: String? { number(request, 2) ?? number(order, 2) }
    /// OBR-4.
    var service: Coding { HL7Coding.coding(request.field(4).repetition(0)) }

    private func number(_ segment: HL7Segment?, _ field: Int) -> String? {
        segment?.field(field).component(1).value?.trimmed.nonEmpty
    }
}
