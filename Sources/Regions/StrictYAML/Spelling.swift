/// How far a misspelt key is from one that exists.
package enum Spelling {
    /// Insertions, deletions and replacements between two texts; long texts count as far apart.
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.lowercased().unicodeScalars)
        let right = Array(right.lowercased().unicodeScalars)
        guard left.count <= 64, right.count <= 64 else { return .max }
        var row = Array(0...right.count)
        for (index, scalar) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (column, other) in right.enumerated() {
                let cost = scalar == other ? diagonal : min(diagonal, row[column], row[column + 1]) + 1
                diagonal = row[column + 1]
                row[column + 1] = cost
            }
        }
        return row[right.count]
    }

    /// The one of the known names that a misspelling is probably meant to be; nil where none is near.
    package static func nearest(to name: String, among known: some Sequence<String>) -> String? {
        let near = known.map { (distance: distance($0, name), name: $0) }.min { $0 < $1 }
        return near.flatMap { $0.distance <= farthest && $0.distance < $0.name.unicodeScalars.count ? $0.name : nil }
    }

    /// What to do about a name that nothing knows.
    package static func remedy(for name: String, among known: some Sequence<String>, else other: String) -> String {
        nearest(to: name, among: known).map { "did you mean '\($0)'?" } ?? other
    }

    private static let farthest = 2
}
