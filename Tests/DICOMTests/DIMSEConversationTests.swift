import Effects
import Testing

@testable import DICOM

/// Two conversations that talk to each other, each byte of one fed to the other.
private struct Pair {
    var modality = DIMSEConversation()
    var node = DIMSEConversation()
    /// What the node was asked and told.
    var heard: [DIMSEConversation.Action] = []
    /// What the modality was told.
    var told: [DIMSEConversation.Action] = []
    var pieceBytes = Int.max

    init(pieceBytes: Int = .max) {
        self.pieceBytes = pieceBytes
        fromModality(modality.open(AssociationPDUTests.offer))
        fromNode(node.accept(AssociationTerms()))
    }

    private func pieces(_ bytes: [UInt8]) -> [[UInt8]] {
        stride(from: 0, to: bytes.count, by: min(pieceBytes, bytes.count)).map {
            Array(bytes[$0..<min($0 + min(pieceBytes, bytes.count), bytes.count)])
        }
    }

    mutating func fromModality(_ actions: [DIMSEConversation.Action]) {
        for action in actions {
            guard case .send(let bytes) = action else { continue }
            for piece in pieces(bytes) {
                let answers = node.receive(piece)
                heard += answers
                fromNode(answers)
            }
        }
    }

    mutating func fromNode(_ actions: [DIMSEConversation.Action]) {
        for action in actions {
            guard case .send(let bytes) = action else { continue }
            for piece in pieces(bytes) {
                let answers = modality.receive(piece)
                told += answers
                fromModality(answers)
            }
        }
    }

    var responses: [DIMSERequest] {
        told.compactMap { if case .response(let response) = $0 { response } else { nil } }
    }

    var request: DIMSERequest? {
        heard.compactMap { if case .request(let request) = $0 { request } else { nil } }.last
    }

    var stored: [UInt8] {
        heard.flatMap { action -> [UInt8] in if case .storeData(let bytes) = action { bytes } else { [] } }
    }
}

extension [DIMSEConversation.Action] {
    var failure: Failure? {
        compactMap { if case .failed(let failure) = $0 { failure } else { nil } }.first
    }

    var isClosing: Bool {
        contains { if case .close = $0 { true } else { false } }
    }

    var sent: [UInt8] {
        flatMap { action -> [UInt8] in if case .send(let bytes) = action { bytes } else { [] } }
    }
}

@Suite("Conversations of DICOM's own protocol")
struct DIMSEConversationTests {
    @Test("what is known is agreed on, an instance comes in the first syntax that its sender names")
    func negotiation() {
        let pair = Pair()
        #expect(pair.modality.isOpen && pair.node.isOpen)
        #expect(pair.modality.agreed == pair.node.agreed)
        #expect(pair.node.agreed.map(\.id) == [1, 3, 5, 7])
        #expect(pair.node.agreed[2].transferSyntax == .jpegBaseline)
        #expect(pair.node.agreed[3].transferSyntax == .explicitLittle)
        let other = AssociationTerms(takesStorage: false, answersWorklist: false, commits: false)
        let contexts =
            AssociationPDUTests.offer.contexts + [
                PresentationContext(id: 9, abstractSyntax: AssociationTerms.verification, transferSyntaxes: ["1.2.3"])
            ]
        #expect(
            other.results(for: contexts).map(\.outcome) == [
                .accepted, .abstractSyntaxUnknown, .abstractSyntaxUnknown, .abstractSyntaxUnknown,
                .transferSyntaxesUnknown,
            ])
    }

    @Test("an echo is answered by itself", arguments: [1, 7, Int.max])
    func echo(_ pieceBytes: Int) throws {
        var pair = Pair(pieceBytes: pieceBytes)
        let asked = pair.modality.invoke(.echo, in: AssociationTerms.verification)
        let (id, actions) = try #require(asked)
        pair.fromModality(actions)
        #expect(pair.responses.map(\.command.status) == [.success] && pair.responses.first?.command.messageID == id)
        pair.fromModality(pair.modality.release())
        #expect(pair.told.isClosing && pair.heard.isClosing && pair.told.failure == nil)
    }

    @Test("an instance passes in pieces, byte for byte, and is answered once", arguments: [13, Int.max])
    func store(_ pieceBytes: Int) throws {
        var pair = Pair(pieceBytes: pieceBytes)
        let context = try #require(pair.modality.agreed.first { $0.abstractSyntax == AssociationPDUTests.ct })
        let bytes =
            DICOMWriter(.jpegBaseline).bytes(Made.dataset()) + Made.fragments([[UInt8](repeating: 7, count: 70_000)])
        let (id, begin) = pair.modality.beginStore(sopInstanceUID: Made.instance, in: context)
        pair.fromModality(begin)
        guard case .storeBegan(let began) = pair.heard.last else {
            Issue.record("no instance begins")
            return
        }
        #expect(began.command.sopInstanceUID == Made.instance && began.context.transferSyntax == .jpegBaseline)
        for start in stride(from: 0, to: bytes.count, by: 30_000) {
            let end = min(start + 30_000, bytes.count)
            let piece = Array(bytes[start..<end])
            pair.fromModality([pair.modality.sendData(piece, isLast: end == bytes.count, in: context)])
        }
        #expect(pair.stored == bytes)
        var reader = try DICOMReader(transferSyntax: began.context.transferSyntax)
        try reader.feed(pair.stored)
        #expect(try reader.finish().instanceUID == Made.instance)
        let request = try #require(pair.request)
        #expect(pair.responses.isEmpty)
        pair.fromNode(pair.node.respond(to: request, .success))
        pair.fromNode(pair.node.respond(to: request, .success))
        #expect(pair.responses.map(\.command.messageID) == [id])
        #expect(pair.responses.first?.command.sopInstanceUID == Made.instance)
    }

    @Test("a query is answered several times, and can be given up")
    func find() throws {
        var pair = Pair()
        let identifier = DICOMDataset([.text(.patientName, "ZHANG*"), .text(.patientID)])
        let asked = pair.modality.invoke(.find, in: AssociationTerms.worklist, dataset: identifier)
        let (id, actions) = try #require(asked)
        pair.fromModality(actions)
        let request = try #require(pair.request)
        #expect(request.dataset?.text(.patientName) == "ZHANG*" && request.dataset?[.patientID] != nil)
        pair.fromNode(pair.node.respond(to: request, .pending, dataset: Made.dataset()))
        var cancel = DIMSECommand(.cancel, messageID: id)
        cancel.sopClassUID = AssociationTerms.worklist
        let value = PresentationValue(
            contextID: request.context.id, isCommand: true, isLast: true, bytes: cancel.bytes)
        pair.fromModality([.send(AssociationEncoder.bytes(.data([value])))])
        guard case .cancelled(let number) = pair.heard.last, number == id else {
            Issue.record("nothing is cancelled")
            return
        }
        pair.fromNode(pair.node.respond(to: request, .cancelled))
        #expect(pair.responses.map(\.command.status) == [.pending, .cancelled])
        #expect(pair.responses.first?.dataset?.text(.patientName) == "Zhang^San=张^三")
    }

    @Test("a commitment is asked for, and reported to whoever asked")
    func commitment() throws {
        var pair = Pair()
        let instance = DICOMDataset([
            .text(DICOMTag(0x0008, 0x1150), AssociationPDUTests.ct),
            .text(DICOMTag(0x0008, 0x1155), Made.instance),
        ])
        let content = DICOMDataset([
            .text(DICOMTag(0x0008, 0x1195), "2.25.7"), .sequence(DICOMTag(0x0008, 0x1199), [instance]),
        ])
        let asked = pair.modality.invoke(
            .action, in: AssociationTerms.storageCommitment,
            sopInstanceUID: AssociationTerms.storageCommitmentInstance, type: 1, dataset: content)
        let (_, actions) = try #require(asked)
        pair.fromModality(actions)
        let request = try #require(pair.request)
        #expect(request.command.kind == .action && request.command.actionType == 1)
        #expect(request.dataset?.items(DICOMTag(0x0008, 0x1199)).count == 1)
        pair.fromNode(pair.node.respond(to: request, .success))
        let reported = pair.node.invoke(
            .eventReport, in: AssociationTerms.storageCommitment,
            sopInstanceUID: AssociationTerms.storageCommitmentInstance, type: 1, dataset: content)
        let (id, report) = try #require(reported)
        pair.fromNode(report)
        guard case .request(let event) = pair.told.last else {
            Issue.record("no report")
            return
        }
        #expect(event.command.eventType == 1 && event.dataset?.text(DICOMTag(0x0008, 0x1195)) == "2.25.7")
        pair.fromModality(pair.modality.respond(to: event, .success))
        guard case .response(let answer) = pair.heard.last else {
            Issue.record("the report is not answered")
            return
        }
        #expect(answer.command.messageID == id && answer.command.status == .success)
    }

    @Test("an operation that is not known is answered so, and one that is not agreed on ends the association")
    func unknown() throws {
        var pair = Pair()
        var command = DIMSECommand(DIMSECommand.Kind(rawValue: 0x0021), messageID: 3)
        command.sopClassUID = AssociationTerms.worklist
        pair.modality.invoked.insert(3)
        func value(_ context: UInt8) -> DIMSEConversation.Action {
            let value = PresentationValue(contextID: context, isCommand: true, isLast: true, bytes: command.bytes)
            return .send(AssociationEncoder.bytes(.data([value])))
        }
        pair.fromModality([value(3)])
        #expect(pair.responses.map(\.command.status) == [.operationUnknown])
        pair.fromModality([value(99)])
        #expect(pair.heard.failure?.code == "dimse.contextUnknown" && pair.told.failure?.code == "dimse.aborted")
    }

    @Test("an association is refused by name")
    func rejected() {
        var (modality, node) = (DIMSEConversation(), DIMSEConversation())
        let offered = node.receive(modality.open(AssociationPDUTests.offer).sent)
        guard case .offered(let offer) = offered.first else {
            Issue.record("nothing is offered")
            return
        }
        #expect(offer.callingTitle == "CT1")
        let told = modality.receive(node.reject(.callingTitleUnknown).sent)
        guard case .rejected(.callingTitleUnknown) = told.first else {
            Issue.record("not rejected")
            return
        }
        #expect(told.isClosing)
        #expect(modality.release().isEmpty && node.receive([1]).isEmpty)
    }

    @Test("what comes out of turn ends the association with an abort and a name")
    func outOfTurn() throws {
        for unit in AssociationPDUTests.units.dropFirst() {
            var node = DIMSEConversation()
            let actions = node.receive(AssociationEncoder.bytes(unit))
            #expect(actions.isClosing)
            if case .abort = unit { continue }
            #expect(actions.failure?.code == "dimse.outOfTurn" && !actions.sent.isEmpty)
        }
        var pair = Pair()
        let identifier = DICOMDataset([.text(.patientID)])
        for _ in 0..<2 {
            let asked = pair.modality.invoke(.find, in: AssociationTerms.worklist, dataset: identifier)
            pair.fromModality(try #require(asked).actions)
        }
        #expect(pair.heard.failure?.code == "dimse.outOfTurn", "a second request before the first is answered")
        var lost = Pair()
        let end = lost.node.disconnected()
        #expect(end.failure?.code == "dimse.disconnected" && end.isClosing)
    }

    @Test("no byte that is changed traps a conversation, and each end of it has a name")
    func hostile() throws {
        var modality = DIMSEConversation()
        let opening = modality.open(AssociationPDUTests.offer).sent
        var command = DIMSECommand(.store, messageID: 1)
        command.sopClassUID = AssociationPDUTests.ct
        command.sopInstanceUID = Made.instance
        command.hasDataset = true
        let values = [
            PresentationValue(contextID: 5, isCommand: true, isLast: true, bytes: command.bytes),
            PresentationValue(contextID: 5, isCommand: false, isLast: true, bytes: [8, 0, 0x60, 0]),
        ]
        let message = AssociationEncoder.bytes(.data(values)) + AssociationEncoder.bytes(.releaseRequest)
        for position in message.indices {
            for value: UInt8 in [0, 1, 2, 3, 0x7F, 0xFF] {
                var node = DIMSEConversation()
                _ = node.receive(opening)
                _ = node.accept(AssociationTerms())
                var bytes = message
                bytes[position] = value
                let actions = node.receive(bytes)
                let end = node.disconnected()
                #expect(actions.isClosing || end.isClosing)
            }
        }
    }
}
