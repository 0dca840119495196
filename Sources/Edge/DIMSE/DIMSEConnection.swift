import DICOM
import Doors
import EdgeKit
import Effects
import Logging
import NIOCore

/// One association: carries out what the conversation says, in its order, and reads no more than can be stored.
struct DIMSEConnection: Sendable {
    typealias ByteChannel = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    let wire: ByteChannel
    let visit: Visit
    let served: AssociationDoor
    let principal: Principal
    let logger: Logger

    func run() async {
        do {
            try await wire.executeThenClose { inbound, _ in
                var run = DIMSERun(self)
                do {
                    for try await buffer in inbound {
                        try await run.take(Array(buffer.readableBytesView))
                        if run.isClosed { return }
                    }
                    try await run.end()
                } catch {
                    // What had begun to come is no instance, whatever ended it.
                    try await run.abandon()
                    throw error
                }
            }
        } catch is CancellationError {
            // The node stops; what was answered lies here.
        } catch {
            let failure = error as? Failure
            visit.note("connection_lost", metadata: ["reason": "\(failure?.code.rawValue ?? "dimse.disconnected")"])
        }
    }
}

/// What an association has come to.
private struct DIMSERun {
    private let connection: DIMSEConnection
    private var conversation = DIMSEConversation()
    private var holding: ByteHolding?
    private var sink: (any InstanceSink)?
    /// Why the instance that is coming is not taken.
    private var sinkFailure: Failure?
    /// What came since its time began.
    private var stepBytes = 0
    private var isMessageComing = false
    private(set) var isClosed = false

    init(_ connection: DIMSEConnection) {
        self.connection = connection
    }

    private var visit: Visit { connection.visit }
    private var handler: any AssociationHandler { connection.served.handler }

    mutating func take(_ bytes: [UInt8]) async throws {
        stepBytes += bytes.count
        let actions = conversation.receive(bytes)
        try await perform(actions)
        guard !isClosed else { return }
        // An instance has its time anew with each step; what is no whole message yet has one time.
        let isStep = sink != nil && stepBytes >= Limits.streamedBodyStepBytes
        if isStep || actions.isEmpty && !isMessageComing {
            (isMessageComing, stepBytes) = (true, 0)
            visit.enter(.message)
        } else if !actions.isEmpty, sink == nil, sinkFailure == nil {
            isMessageComing = false
            visit.enter(.silence)
        }
    }

    mutating func end() async throws { try await perform(conversation.disconnected()) }

    mutating func abandon() async throws {
        guard let sink else { return }
        self.sink = nil
        try await sink.abandon()
    }

    private mutating func perform(_ actions: [DIMSEConversation.Action]) async throws {
        for action in actions {
            switch action {
            case .send(let bytes): try await send(bytes)
            case .offered(let offer): try await perform(answer(offer))
            case .storeBegan(let request): begin(request)
            case .storeData(let bytes): try await store(bytes)
            case .request(let request): try await answer(request)
            case .response(let response):
                if response.command.status != .success { visit.note("commitment_not_taken") }
            case .failed(let failure):
                try await abandon()
                visit.note("association_failed", metadata: ["reason": "\(failure.code)"])
            case .close:
                try await abandon()
                isClosed = true
            case .opened, .cancelled, .rejected, .released: continue
            }
        }
    }

    private mutating func answer(_ offer: AssociationOffer) -> [DIMSEConversation.Action] {
        let listener = connection.served.listener
        guard offer.calledTitle == listener.title else { return conversation.reject(.calledTitleUnknown) }
        guard listener.callers.isEmpty || listener.callers.contains(offer.callingTitle) else {
            visit.note("caller_unknown")
            return conversation.reject(.callingTitleUnknown)
        }
        let holding = visit.openMessage()
        guard holding.take(Limits.dimseWindowBytes), holding.settle(), visit.prove("title " + offer.callingTitle) else {
            return conversation.reject(.limitReached)
        }
        self.holding = holding
        return conversation.accept(handler.terms)
    }

    // MARK: Instances

    private mutating func begin(_ request: DIMSERequest) {
        (sink, sinkFailure) = (nil, nil)
        do { sink = try handler.sink(for: request, connection.principal) } catch {
            sinkFailure = Self.failure(error)
        }
    }

    private mutating func store(_ bytes: [UInt8]) async throws {
        guard let sink else { return }
        do { try await sink.append(bytes) } catch let failure as Failure {
            sinkFailure = failure
            try await abandon()
        }
    }

    private mutating func stored() async throws -> Failure? {
        defer { (sink, sinkFailure) = (nil, nil) }
        if let sinkFailure { return sinkFailure }
        do { try await sink?.finish() } catch let failure as Failure {
            try await abandon()
            return failure
        }
        return nil
    }

    // MARK: Requests

    private mutating func answer(_ request: DIMSERequest) async throws {
        visit.enter(.work)
        switch request.command.kind {
        case .store:
            let failure = try await stored()
            try await respond(request, failure)
        case .find: try await find(request)
        case .action: try await commit(request)
        default: try await perform(conversation.respond(to: request, .noSuchAction))
        }
    }

    private mutating func respond(_ request: DIMSERequest, _ failure: Failure?) async throws {
        guard let failure else { return try await perform(conversation.respond(to: request, .success)) }
        visit.note("refused", metadata: ["code": "\(failure.code)"])
        try await perform(
            conversation.respond(
                to: request, DIMSEStatus(storing: failure.class), comment: failure.code.rawValue))
    }

    private mutating func find(_ request: DIMSERequest) async throws {
        do {
            for dataset in try await handler.answers(to: request, connection.principal) {
                try await perform(conversation.respond(to: request, .pending, dataset: dataset))
            }
            try await respond(request, nil)
        } catch let error where !(error is CancellationError) {
            try await respond(request, Self.failure(error))
        }
    }

    /// Says that the request was understood, and then what lies here.
    private mutating func commit(_ request: DIMSERequest) async throws {
        let commitment: StorageCommitment
        do { commitment = try await handler.commitment(to: request, connection.principal) } catch let failure as Failure
        {
            return try await respond(request, failure)
        }
        try await respond(request, nil)
        let report = conversation.invoke(
            .eventReport, in: AssociationTerms.storageCommitment,
            sopInstanceUID: AssociationTerms.storageCommitmentInstance, type: commitment.eventType,
            dataset: commitment.dataset)
        try await perform(report?.actions ?? [])
    }

    private static func failure(_ error: any Error) -> Failure {
        PlainRefusal(error).failure
    }

    private func send(_ bytes: [UInt8]) async throws {
        visit.enter(.answer)
        let sent = connection.wire.channel.eventLoop.makePromise(of: Void.self)
        connection.wire.channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: sent)
        try await sent.futureResult.get()
    }
}
