/// A context that both sides agreed on.
package struct AgreedContext: Hashable, Sendable {
    package var id: UInt8
    package var abstractSyntax: String
    package var transferSyntax: DICOMTransferSyntax

    package init(id: UInt8, abstractSyntax: String, transferSyntax: DICOMTransferSyntax) {
        self.id = id
        self.abstractSyntax = abstractSyntax
        self.transferSyntax = transferSyntax
    }
}

/// A command with the context in which it came, and its data set where that is no instance.
package struct DIMSERequest: Sendable {
    package var context: AgreedContext
    package var command: DIMSECommand
    package var dataset: DICOMDataset?

    package init(context: AgreedContext, command: DIMSECommand, dataset: DICOMDataset? = nil) {
        self.context = context
        self.command = command
        self.dataset = dataset
    }
}

/// A message that is coming.
struct DIMSEIncoming: Sendable {
    var context: AgreedContext
    var commandBytes: [UInt8] = []
    /// Once all of it has come; its data set comes then.
    var command: DIMSECommand?
    var datasetBytes: [UInt8] = []

    init(context: AgreedContext) {
        self.context = context
    }

    var request: DIMSERequest? { command.map { DIMSERequest(context: context, command: $0) } }
}
