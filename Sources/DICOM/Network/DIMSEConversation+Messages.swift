import Effects

extension DIMSEConversation {
    private static var outOfTurn: Failure {
        Failure("dimse.outOfTurn", "a unit comes where it has no place")
    }

    // MARK: What comes

    /// Takes a piece of a command or of a data set.
    mutating func take(_ value: PresentationValue) throws -> [Action] {
        guard let context = contexts[value.contextID] else {
            throw Failure("dimse.contextUnknown", "a message names a context that was not agreed on")
        }
        var message = incoming ?? DIMSEIncoming(context: context)
        // Handed over, so that what has come of it is not copied.
        incoming = nil
        guard message.context.id == context.id, value.isCommand == (message.command == nil) else {
            throw Self.outOfTurn
        }
        return value.isCommand ? try takeCommand(value, &message) : try takeDataset(value, &message)
    }

    private mutating func takeCommand(
        _ value: PresentationValue, _ message: inout DIMSEIncoming
    ) throws -> [Action] {
        message.commandBytes += value.bytes
        guard message.commandBytes.count <= Limits.dimseCommandBytes else {
            throw Failure("dimse.commandTooLong", "a command is longer than \(Limits.dimseCommandBytes) bytes")
        }
        guard value.isLast else {
            incoming = message
            return []
        }
        let command = try DIMSECommand(message.commandBytes)
        message.command = command
        message.commandBytes = []
        try checkTurn(command)
        guard command.hasDataset else {
            return try finished(DIMSERequest(context: message.context, command: command))
        }
        incoming = message
        guard command.kind == .store, let request = message.request else { return [] }
        return [.storeBegan(request)]
    }

    /// One request at a time, and no answers to what nobody asked.
    private func checkTurn(_ command: DIMSECommand) throws {
        if command.kind.isResponse {
            guard invoked.contains(command.messageID) else { throw Self.outOfTurn }
        } else if command.kind != .cancel {
            guard pending == nil else { throw Self.outOfTurn }
        }
    }

    private mutating func takeDataset(
        _ value: PresentationValue, _ message: inout DIMSEIncoming
    ) throws -> [Action] {
        var actions: [Action] = []
        if message.command?.kind == .store {
            if !value.bytes.isEmpty { actions.append(.storeData(value.bytes)) }
        } else {
            message.datasetBytes += value.bytes
            guard message.datasetBytes.count <= Limits.dimseDatasetBytes else {
                throw Failure(
                    "dimse.datasetTooLong", "a message's data set is longer than \(Limits.dimseDatasetBytes) bytes")
            }
        }
        guard value.isLast, var request = message.request else {
            incoming = message
            return actions
        }
        if request.command.kind != .store {
            request.dataset = try Self.dataset(message.datasetBytes, request.context.transferSyntax)
        }
        return actions + (try finished(request))
    }

    private static func dataset(_ bytes: [UInt8], _ syntax: DICOMTransferSyntax) throws -> DICOMDataset {
        var reader = try DICOMReader(transferSyntax: syntax)
        try reader.feed(bytes)
        return try reader.finish().dataset
    }

    /// A whole message has come.
    private mutating func finished(_ request: DIMSERequest) throws -> [Action] {
        let kind = request.command.kind
        if kind.isResponse {
            if request.command.status?.isPending != true { invoked.remove(request.command.messageID) }
            return [.response(request)]
        }
        if kind == .cancel { return [.cancelled(messageID: request.command.messageID)] }
        pending = request
        switch kind {
        case .echo: return respond(to: request, .success)
        case .store, .find, .action, .eventReport: return [.request(request)]
        default: return respond(to: request, .operationUnknown)
        }
    }

    // MARK: What the node says

    /// Answers the request that is pending; a query's answers before the last one are pending themselves.
    package mutating func respond(
        to request: DIMSERequest, _ status: DIMSEStatus, dataset: DICOMDataset? = nil, comment: String? = nil
    ) -> [Action] {
        guard isOpen, pending?.command.messageID == request.command.messageID else { return [] }
        if !status.isPending { pending = nil }
        var answer = DIMSECommand(request.command.kind.response, messageID: request.command.messageID)
        answer.sopClassUID = request.command.sopClassUID
        answer.sopInstanceUID = request.command.sopInstanceUID
        answer.actionType = request.command.actionType
        answer.eventType = request.command.eventType
        answer.hasDataset = dataset != nil
        answer.status = status
        answer.comment = comment
        return message(answer, dataset, request.context)
    }

    /// Asks the peer for something in a context that was agreed on.
    ///
    /// - Returns: the number by which its answer comes, and what to send; `nil` where no such context is open.
    package mutating func invoke(
        _ kind: DIMSECommand.Kind, in abstractSyntax: String, sopInstanceUID: String? = nil, type: UInt16? = nil,
        dataset: DICOMDataset? = nil
    ) -> (messageID: UInt16, actions: [Action])? {
        guard isOpen, let context = agreed.first(where: { $0.abstractSyntax == abstractSyntax }) else { return nil }
        var command = DIMSECommand(kind, messageID: nextMessageID())
        command.sopClassUID = abstractSyntax
        command.sopInstanceUID = sopInstanceUID
        command.hasDataset = dataset != nil
        if kind == .action { command.actionType = type }
        if kind == .eventReport { command.eventType = type }
        if kind == .find || kind == .store { command.priority = 0 }
        invoked.insert(command.messageID)
        return (command.messageID, message(command, dataset, context))
    }

    /// Begins to send an instance in a context that was agreed on; its pieces follow by ``sendData(_:isLast:in:)``.
    package mutating func beginStore(
        sopInstanceUID: String, in context: AgreedContext
    ) -> (messageID: UInt16, actions: [Action]) {
        var command = DIMSECommand(.store, messageID: nextMessageID())
        command.sopClassUID = context.abstractSyntax
        command.sopInstanceUID = sopInstanceUID
        command.hasDataset = true
        command.priority = 0
        invoked.insert(command.messageID)
        return (command.messageID, [.send(units(command.bytes, isCommand: true, isLast: true, context))])
    }

    /// Bytes of a data set; each piece but the last one has an even length.
    package func sendData(_ bytes: [UInt8], isLast: Bool, in context: AgreedContext) -> Action {
        .send(units(bytes, isCommand: false, isLast: isLast, context))
    }

    private func message(_ command: DIMSECommand, _ dataset: DICOMDataset?, _ context: AgreedContext) -> [Action] {
        var bytes = units(command.bytes, isCommand: true, isLast: true, context)
        if let dataset {
            let content = DICOMWriter(context.transferSyntax).bytes(dataset)
            bytes += units(content, isCommand: false, isLast: true, context)
        }
        return [.send(bytes)]
    }

    /// Cut as the peer takes them.
    private func units(_ bytes: [UInt8], isCommand: Bool, isLast: Bool, _ context: AgreedContext) -> [UInt8] {
        // A value has a head of six bytes; what it holds has an even length.
        let room = (peerUnitBytes - 6) / 2 * 2
        var units: [UInt8] = []
        var rest = bytes[...]
        repeat {
            let piece = rest.prefix(room)
            rest = rest.dropFirst(room)
            let value = PresentationValue(
                contextID: context.id, isCommand: isCommand, isLast: isLast && rest.isEmpty, bytes: Array(piece))
            units += AssociationEncoder.bytes(.data([value]))
        } while !rest.isEmpty
        return units
    }
}
