import Effects

/// The messages of a folder: `hl7v2/` and `fhir/`, or files of both kinds side by side.
///
/// A file's name begins with the id of the node that it is meant for; others go to the first township.
struct MessageLibrary {
    let items: [MessageFeeder.Item]

    /// - Throws: `demo.noMessages` where the folder holds none.
    init(folder: String, nodes: [String], standardNode: String, disk: any Disk) throws {
        var items: [MessageFeeder.Item] = []
        for part in ["", "/hl7v2", "/fhir"] {
            guard disk.isDirectory(folder + part) else { continue }
            for name in try disk.list(folder + part) {
                let isHL7 = name.hasSuffix(".hl7")
                guard isHL7 || name.hasSuffix(".json") || name.hasSuffix(".fhir") else { continue }
                let bytes = try disk.read(folder + part + "/" + name, limitBytes: Limits.importFileBytes)
                let node = nodes.first { name.hasPrefix($0 + "-") } ?? standardNode
                items.append(MessageFeeder.Item(node: node, isHL7: isHL7, bytes: bytes, orderKey: node))
            }
        }
        guard !items.isEmpty else {
            throw Failure(
                "demo.noMessages", "the folder holds no messages", place: folder,
                remedy: "give a folder with .hl7, .json or .fhir files")
        }
        self.items = items
    }
}
