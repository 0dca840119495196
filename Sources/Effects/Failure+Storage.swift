extension Failure {
    /// Whether a node can acknowledge nothing any more: whoever works again and again lets this one through.
    ///
    /// A full disk, say, is not that: it may have room again.
    package var stopsTheNode: Bool { code == "storage.broken" }

    /// Whether nothing more may be done with the store in this transaction; it says nothing about the item then.
    package var endsTheStore: Bool {
        ["storage.full", "storage.broken", "storage.unavailable"].contains(code)
    }
}
