package import Effects

/// An association as a value: bytes in, bytes and requests out.
///
/// It opens no socket and knows no time. A listener feeds it what arrived and carries out the actions in their order; the
/// node answers requests through it. What an instance consists of is handed on in pieces as it comes: whoever stores it
/// reads no more from the socket than it can write. A break of the protocol ends the association with an abort.
///
/// To listen: `receive` until ``Action/offered(_:)``, then `accept` or `reject`; each ``Action/request(_:)`` is answered
/// with `respond`, once or, for a query, several times. To call somebody: `open`, then `invoke` and `send`.
package struct DIMSEConversation: Sendable {
    package enum Action: Sendable {
        /// Bytes for the peer.
        case send([UInt8])
        /// Somebody wants an association: it is to be accepted or rejected.
        case offered(AssociationOffer)
        /// The association stands; which contexts were agreed on.
        case opened([AgreedContext])
        /// A whole request that is to be answered; of C-STORE, once the whole instance has come.
        case request(DIMSERequest)
        /// An instance begins to come.
        case storeBegan(DIMSERequest)
        /// The next piece of the instance, in its transfer syntax, without a file's head.
        case storeData([UInt8])
        /// The peer wants no more answers to its query.
        case cancelled(messageID: UInt16)
        /// An answer to a request of ours.
        case response(DIMSERequest)
        /// The peer refused the association.
        case rejected(AssociationRejection)
        /// The association ended in peace.
        case released
        /// It ended otherwise; an instance that had begun to come is none.
        case failed(Failure)
        /// The connection is of no use any more.
        case close
    }

    enum State: Sendable {
        case idle
        /// Waits for the node to accept or reject.
        case offered(AssociationOffer)
        /// Waits for the peer to accept or reject.
        case asked(AssociationOffer)
        case open
        case releasing
        case closed
    }

    var state = State.idle
    private var decoder = AssociationDecoder()
    var contexts: [UInt8: AgreedContext] = [:]
    /// The longest unit that the peer takes.
    var peerUnitBytes = Limits.dimseSentUnitBytes
    var incoming: DIMSEIncoming?
    /// The peer's request that is being answered.
    var pending: DIMSERequest?
    /// Requests of ours that are not answered yet.
    var invoked: Set<UInt16> = []
    private var lastMessageID: UInt16 = 0

    package init() {}

    package var isOpen: Bool {
        if case .open = state { true } else { false }
    }

    // MARK: What comes

    /// Takes bytes of the peer.
    package mutating func receive(_ bytes: [UInt8]) -> [Action] {
        if case .closed = state { return [] }
        var actions: [Action] = []
        // Handed over, so that its buffer is not copied.
        var decoder = AssociationDecoder()
        swap(&decoder, &self.decoder)
        do {
            try decoder.feed(bytes) { unit in
                if case .closed = state { return }
                actions += try take(unit)
            }
        } catch let failure as Failure {
            actions += broken(failure)
        } catch {
            actions += broken(ByteCursor.malformed)
        }
        self.decoder = decoder
        return actions
    }

    /// The peer's end of the connection.
    package mutating func disconnected() -> [Action] {
        switch state {
        case .closed: return []
        case .idle, .releasing:
            state = .closed
            return [.close]
        case .offered, .asked, .open:
            state = .closed
            return [.failed(Failure("dimse.disconnected", "the peer ended the connection")), .close]
        }
    }

    private mutating func take(_ unit: AssociationPDU) throws -> [Action] {
        switch (state, unit) {
        case (.idle, .request(let offer)):
            guard offer.applicationContext == AssociationOffer.applicationContext else {
                return reject(.applicationContextUnknown)
            }
            state = .offered(offer)
            return [.offered(offer)]
        case (.asked(let offer), .accept(let answer)): return try opened(offer, answer)
        case (.asked, .reject(let rejection)):
            state = .closed
            return [.rejected(rejection), .close]
        case (.open, .data(let values)): return try values.flatMap { try take($0) }
        case (.open, .releaseRequest):
            state = .closed
            return [.send(AssociationEncoder.bytes(.releaseResponse)), .released, .close]
        // Both may ask for the end at once.
        case (.releasing, .releaseRequest): return [.send(AssociationEncoder.bytes(.releaseResponse))]
        case (.releasing, .data): return []
        case (.releasing, .releaseResponse):
            state = .closed
            return [.released, .close]
        case (_, .abort):
            state = .closed
            return [.failed(Failure("dimse.aborted", "the peer broke the association off")), .close]
        default: throw Failure("dimse.outOfTurn", "a unit comes where it has no place")
        }
    }

    private mutating func opened(_ offer: AssociationOffer, _ answer: AssociationAnswer) throws -> [Action] {
        try setPeerUnit(answer.user)
        for result in answer.results where result.outcome == .accepted {
            guard let asked = offer.contexts.first(where: { $0.id == result.id }),
                asked.transferSyntaxes.contains(result.transferSyntax)
            else { throw ByteCursor.malformed }
            contexts[result.id] = AgreedContext(
                id: result.id, abstractSyntax: asked.abstractSyntax,
                transferSyntax: DICOMTransferSyntax(uid: result.transferSyntax))
        }
        state = .open
        return [.opened(agreed)]
    }

    private mutating func setPeerUnit(_ user: AssociationUser) throws {
        guard user.maximumBytes == 0 || user.maximumBytes >= UInt32(Limits.dimseUnitBytesAtLeast) else {
            throw Failure("dimse.unitTooShort", "the peer takes less at a time than a command needs")
        }
        guard user.maximumBytes > 0 else { return }
        peerUnitBytes = Int(min(user.maximumBytes, UInt32(Limits.dimseSentUnitBytes)))
    }

    var agreed: [AgreedContext] { contexts.values.sorted { $0.id < $1.id } }

    mutating func broken(_ failure: Failure) -> [Action] {
        guard !isClosed else { return [] }
        state = .closed
        let abort: AssociationAbort =
            switch failure.code {
            case "dimse.unknownUnit": .unrecognizedUnit
            case "dimse.outOfTurn": .unexpectedUnit
            default: .invalidParameter
            }
        return [.send(AssociationEncoder.bytes(.abort(abort))), .failed(failure), .close]
    }

    private var isClosed: Bool {
        if case .closed = state { true } else { false }
    }

    // MARK: What the node does

    /// Grants the association that was offered.
    package mutating func accept(_ terms: AssociationTerms) -> [Action] {
        guard case .offered(let offer) = state else { return [] }
        do { try setPeerUnit(offer.user) } catch { return broken(ByteCursor.malformed) }
        let results = terms.results(for: offer.contexts)
        for (context, result) in zip(offer.contexts, results) where result.outcome == .accepted {
            contexts[context.id] = AgreedContext(
                id: context.id, abstractSyntax: context.abstractSyntax,
                transferSyntax: DICOMTransferSyntax(uid: result.transferSyntax))
        }
        state = .open
        // Of storage commitment this program is the one who commits; other roles stay as they are by default.
        let roles = offer.user.roles.filter { contexts.values.map(\.abstractSyntax).contains($0.abstractSyntax) }.map {
            AssociationRole(abstractSyntax: $0.abstractSyntax, asksForIt: $0.asksForIt, offersIt: false)
        }
        let answer = AssociationAnswer(
            calledTitle: offer.calledTitle, callingTitle: offer.callingTitle, results: results,
            user: AssociationUser(maximumBytes: UInt32(Limits.dimseUnitBytes), roles: roles))
        return [.send(AssociationEncoder.bytes(.accept(answer))), .opened(agreed)]
    }

    /// Refuses the association that was offered.
    package mutating func reject(_ rejection: AssociationRejection) -> [Action] {
        state = .closed
        return [.send(AssociationEncoder.bytes(.reject(rejection))), .close]
    }

    /// Asks a peer for an association.
    package mutating func open(_ offer: AssociationOffer) -> [Action] {
        guard case .idle = state else { return [] }
        state = .asked(offer)
        return [.send(AssociationEncoder.bytes(.request(offer)))]
    }

    /// Asks the peer to end the association in peace.
    package mutating func release() -> [Action] {
        guard isOpen else { return [] }
        state = .releasing
        return [.send(AssociationEncoder.bytes(.releaseRequest))]
    }

    /// Ends it without ceremony, as where a deadline has passed.
    package mutating func abort() -> [Action] {
        guard !isClosed else { return [] }
        state = .closed
        return [.send(AssociationEncoder.bytes(.abort(.byUser))), .close]
    }

    /// The number of the next request of ours.
    mutating func nextMessageID() -> UInt16 {
        lastMessageID = lastMessageID == .max ? 1 : lastMessageID + 1
        return lastMessageID
    }
}
