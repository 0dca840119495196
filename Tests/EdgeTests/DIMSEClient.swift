import DICOM
import Effects
import NIOCore
import NIOPosix
import Regions
import Testing

/// What a device does on the other end of an association.
struct DIMSEClient {
    private var conversation = DIMSEConversation()
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var waiting: [DIMSEConversation.Action] = []

    static let verification = "1.2.840.10008.1.1"
    static let capture = "1.2.840.10008.5.1.4.1.1.7"

    /// Asks for an association, and hands what comes of it to `body`.
    static func converse(
        with address: NetworkAddress, called: String = "YILIAN", calling: String = "CT1",
        _ body: (inout DIMSEClient) async throws -> Void
    ) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: address.host, port: Int(address.port)) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        try await channel.executeThenClose { inbound, outbound in
            var client = DIMSEClient(inbound: inbound.makeAsyncIterator(), outbound: outbound)
            let classes = [
                verification, capture, AssociationTerms.findsByStudy, AssociationTerms.storageCommitment,
                AssociationTerms.worklist,
            ]
            let contexts = classes.enumerated().map { index, uid in
                PresentationContext(
                    id: UInt8(index * 2 + 1), abstractSyntax: uid,
                    transferSyntaxes: [DICOMTransferSyntax.explicitLittle.uid])
            }
            let offer = AssociationOffer(
                calledTitle: called, callingTitle: calling, contexts: contexts,
                user: AssociationUser(maximumBytes: 16 << 10))
            client.waiting = client.conversation.open(offer)
            try await body(&client)
        }
    }

    private init(
        inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
        outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.inbound = inbound
        self.outbound = outbound
    }

    /// What comes next, once everything that is to be sent has been.
    mutating func next() async throws -> DIMSEConversation.Action? {
        while true {
            while !waiting.isEmpty {
                let action = waiting.removeFirst()
                guard case .send(let bytes) = action else { return action }
                try await outbound.write(ByteBuffer(bytes: bytes))
            }
            guard let buffer = try await inbound.next() else { return nil }
            waiting += conversation.receive(Array(buffer.readableBytesView))
        }
    }

    /// The contexts that were agreed on, by their classes.
    mutating func opened() async throws -> [String: AgreedContext] {
        guard case .opened(let contexts) = try await next() else { throw Failure("test.refused", "no association") }
        return Dictionary(contexts.map { ($0.abstractSyntax, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Asks for something; gives its answers up to the last.
    mutating func ask(
        _ kind: DIMSECommand.Kind, _ abstractSyntax: String, instance: String? = nil, type: UInt16? = nil,
        _ dataset: DICOMDataset? = nil
    ) async throws -> [DIMSERequest] {
        let asked = conversation.invoke(
            kind, in: abstractSyntax, sopInstanceUID: instance, type: type, dataset: dataset)
        waiting += try #require(asked).actions
        return try await answers()
    }

    mutating func store(_ bytes: [UInt8], as instance: String, in context: AgreedContext) async throws -> DIMSERequest {
        waiting += conversation.beginStore(sopInstanceUID: instance, in: context).actions
        waiting.append(conversation.sendData(bytes, isLast: true, in: context))
        return try #require(try await answers().last)
    }

    private mutating func answers() async throws -> [DIMSERequest] {
        var answers: [DIMSERequest] = []
        while let action = try await next() {
            guard case .response(let answer) = action else { throw Failure("test.refused", "\(action)") }
            answers.append(answer)
            if answer.command.status?.isPending != true { break }
        }
        return answers
    }

    /// Answers what the node reports.
    mutating func respond(to request: DIMSERequest) {
        waiting += conversation.respond(to: request, .success)
    }

    mutating func release() async throws {
        waiting += conversation.release()
        while let action = try await next() { if case .released = action { return } }
    }
}
