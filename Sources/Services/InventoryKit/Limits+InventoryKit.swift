package import Effects

extension Limits {
    /// Units that one entry offers, allots or gives back.
    package static let inventoryUnitsPerEntry = 100
    /// The highest number of a unit in its lot.
    package static let inventoryUnits = 100_000
    /// The number of an entry in its lot, and of an event of a hold.
    package static let inventoryEvents = 1_000_000
    /// Entries of one author about one hold.
    package static let holdEntriesPerAuthor = 16
    /// Wishes of one node for one inventory that wait at the same time; what comes beyond lapses at once.
    package static let wishesPerNode = 50
    /// What people call a lot, and the id of the case for which something is held.
    package static let inventoryTextBytes = 120
    /// How long a hold lasts or a wish waits at most: a year.
    package static let holdSeconds = 31_536_000
    /// What is done about holds, wishes and notices in one turn.
    package static let inventoryPage = 100
}
