import Storage

/// What one command has read of the index, so that it reads each result once.
final class ReportLookup {
    let sql: any SQLTransaction
    private var known: [String: [ReportTable.Version]] = [:]

    init(sql: any SQLTransaction) {
        self.sql = sql
    }

    /// All versions of a result, in the order of their arrival.
    func versions(of key: String) throws -> [ReportTable.Version] {
        if let versions = known[key] { return versions }
        let versions = try ReportTable.versions(of: key, in: sql)
        known[key] = versions
        return versions
    }

    /// The command has published another version of a result.
    func forget(_ key: String) { known[key] = nil }
}
