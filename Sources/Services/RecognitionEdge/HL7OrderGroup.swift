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

    /// OBR-7, else when the first specimen was collected (SPM-17).
    var observedTime: String? {
        request.field(7).component(1).value?.trimmed.nonEmpty
            ?? specimens.lazy.compactMap { $0.field(17).component(1).value?.trimmed.nonEmpty }.first
    }
    /// OBR-22.
    var issuedTime: String? { request.field(22).component(1).value?.trimmed.nonEmpty }

    /// OBR-26 and OBR-29, else ORC-8.
    var parent: ParentResult? {
        let result = request.field(26).repetition(0)
        let numbers = request.field(29).isEmpty ? order?.field(8).repetition(0) : request.field(29).repetition(0)
        func number(_ component: Int) -> String? {
            numbers?.component(component).subcomponent(1).value?.trimmed.nonEmpty
        }
        let parent = ParentResult(
            code: HL7Coding.coding(result.component(1)), subID: result.component(2).value?.trimmed.nonEmpty,
            value: result.component(3).value?.trimmed.nonEmpty, fillerOrderNumber: number(2),
            placerOrderNumber: number(1))
        return parent == ParentResult() ? nil : parent
    }

    private func number(_ segment: HL7Segment?, _ field: Int) -> String? {
        segment?.field(field).component(1).value?.trimmed.nonEmpty
    }
}
