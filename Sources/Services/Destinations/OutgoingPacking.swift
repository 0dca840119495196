import Effects
import HL7
import Regions
import ServiceKit

/// Makes of what a source says the bytes for one destination.
struct OutgoingPacking: Sendable {
    struct Packed: Sendable {
        var draft: DestinationQueue.Draft
        var bounds: Destination.Bounds
        /// Why it can never go.
        var problem: DeliveryOutcome.Words?

        var sizeBytes: Int { draft.body.count }
    }

    let world: World

    /// - Returns: `nil` where the content has no form that the destination takes.
    func pack(_ notice: OutgoingNotice, _ content: OutgoingContent, for destination: Destination) -> Packed? {
        // MSH-10 may have 20 characters.
        let control = String(world.identifier().prefix(20))
        var draft = draft(notice, destination, control)
        // What is the same in all versions, also for a system that is not asked by it.
        draft.target = content.fhir?.target ?? ""
        var problem: DeliveryOutcome.Words?
        switch destination.way {
        case .mllp(let way):
            guard let text = content.hl7 else { return nil }
            let encoding = HL7Encoding(way.encoding)
            let header = OutgoingContent.Header(
                controlID: control, application: way.application, facility: way.facility,
                characterSet: encoding.tableName, time: world.time.wallTime)
            do { draft.body = try encoding.encode(text(header)) } catch {
                problem = .init(
                    code: (error as? Failure)?.code.rawValue ?? "hl7.unencodable",
                    text: "a character cannot be written as \(encoding.tableName)")
            }
        case .fhir:
            guard let update = content.fhir else { return nil }
            draft.body = update.body
        }
        if draft.body.count > Limits.outgoingMessageBytes {
            problem = .init(code: Self.tooLarge.rawValue, text: "it has \(draft.body.count) bytes")
            draft.body = []
        }
        return Packed(draft: draft, bounds: destination.bounds, problem: problem)
    }

    /// A message whose content cannot be had: it lies beside the queue, for an operator to see.
    func unpackable(
        _ notice: OutgoingNotice, _ words: DeliveryOutcome.Words, for destination: Destination
    ) -> Packed {
        Packed(draft: draft(notice, destination, ""), bounds: destination.bounds, problem: words)
    }

    private static let tooLarge: Failure.Code = "destination.tooLarge"

    private func draft(_ notice: OutgoingNotice, _ destination: Destination, _ control: String)
        -> DestinationQueue.Draft
    {
        DestinationQueue.Draft(
            destination: destination.name, key: notice.key, kind: notice.kind.rawValue, patients: notice.patients,
            controlID: control, target: "", body: [])
    }
}

extension HL7Encoding {
    init(_ encoding: MessageEncoding) {
        switch encoding {
        case .utf8: self = .utf8
        case .gb18030: self = .gb18030
        case .latin1: self = .latin1
        }
    }
}
