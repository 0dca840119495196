package import DICOM

/// What a service answers to systems that speak DICOM's own protocol; it touches no socket.
///
/// The edge lets systems in, carries associations, and asks this for what is of images. What it throws is answered with
/// the status of the failure's class.
package protocol AssociationHandler: Sendable {
    /// What is agreed to.
    var terms: AssociationTerms { get }

    /// Takes the instance that a C-STORE brings.
    func sink(for request: DIMSERequest, _ principal: Principal) throws -> any InstanceSink

    /// The answers to a C-FIND, in their order.
    func answers(to request: DIMSERequest, _ principal: Principal) async throws -> [DICOMDataset]

    /// What becomes of a request for storage commitment.
    func commitment(to request: DIMSERequest, _ principal: Principal) async throws -> StorageCommitment
}

/// An instance that is coming.
package protocol InstanceSink: Sendable {
    /// Takes the next bytes of the data set; what they fill is durable on return.
    func append(_ bytes: [UInt8]) async throws
    /// All of it has come; it lies here on return.
    func finish() async throws
    /// Nothing more comes: what came is thrown away.
    func abandon() async throws
}

/// Which instances lie on this node's disk for good, and which do not.
package struct StorageCommitment: Sendable {
    /// 1 where all do, 2 where some do not (PS3.4, J.3.3).
    package var eventType: UInt16
    package var dataset: DICOMDataset

    package init(eventType: UInt16, dataset: DICOMDataset) {
        self.eventType = eventType
        self.dataset = dataset
    }
}

/// A listener with what answers there.
package struct AssociationDoor: Sendable {
    package let listener: AssociationListener
    package let handler: any AssociationHandler

    package init(_ listener: AssociationListener, _ handler: any AssociationHandler) {
        self.listener = listener
        self.handler = handler
    }
}
