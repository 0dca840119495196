package import Effects

extension Limits {
    /// Rows of a region's recognition policy; each is held against all before it.
    package static let recognitionPolicyRows = 200
    /// Scopes of recognition marks; each is held against every unit of the region.
    package static let recognitionScopes = 500
    /// Ten years: an older result is no reason to leave an examination out.
    package static let recognitionWindowDays = 3_650
    /// What a catalogue may give as an item's price: a million yuan.
    package static let priceReferenceFen = 100_000_000
    /// The rank of a scope of recognition marks.
    package static let scopeRank = 1_000
    /// Versions of one report from one author.
    package static let reportVersionsPerAuthor = 500
    /// Readers' openings and decisions of one reader that are attended to in one step, and versions let out in one.
    package static let readerPage = 50
    package static let readerVersionsPerStep = 500
    /// How long an opening waits for a result that does not lie here.
    package static let readerDueMilliseconds: Int64 = 90 * 86_400_000
    /// A document longer than this travels beside its entry, in chunks.
    package static let inlineDocumentBytes = 64 << 10
    /// What the documents that stay in one entry have together.
    package static let inlineDocumentsBytes = 512 << 10
    /// Lines of one report that its header names; a panel of hundreds of items is none that a doctor orders.
    package static let reportLines = 400
    package static let marksPerLine = 8
    /// Items of one order.
    package static let orderItems = 100
    /// A person's results that one question for candidates looks at, the newest first.
    package static let candidateReports = 400
    /// Candidates of one item that an answer carries, the newest first.
    package static let candidatesPerItem = 8
    /// Existing results of a person that one match counts.
    package static let existingResultsCounted = 400
    /// How long a doctor's question waits for the nodes above, in all.
    package static let matchMilliseconds: Int64 = 3_000
    /// What each hop keeps of that for its own answer.
    package static let matchHopMilliseconds: Int64 = 400
    /// Free text beside a reason code (domain §3.4).
    package static let reasonTextCharacters = 200
    package static let orderNumberBytes = 128
    /// Versions of one result that are merged anew when one comes late.
    static let versionsReplayed = 32
    /// How far ahead of its arrival a report may say that it was issued; more is a wrong clock.
    static let issuedAheadMilliseconds: Int64 = 259_200_000
    /// Results of one service under one order number: a curve of many points is one of hours.
    static let reportsPerNumber = 64
    /// Results under one order number, whoever their patients are, among which a correction looks for its own.
    static let reportsPerNumberOfAnybody = 1_000
    /// As many under one number are no accident: numbers begin anew each day, say.
    static let reportsPerNumberCompared = 16
    package static let alertsListed = 500
    package static let certificatesListed = 5_000
}
