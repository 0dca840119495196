package import Recognition

/// What a node's index of results holds, by author, and how long it took to get there.
package struct RecognitionFigures: Codable, Sendable, Equatable {
    package struct Author: Codable, Sendable, Equatable {
        package var author: String
        package var versions: Int
        package var results: Int
        package var void: Int
    }

    package struct Delay: Codable, Sendable, Equatable {
        package var count: Int
        package var p50Milliseconds: Int64
        package var p99Milliseconds: Int64
    }

    package var authors: [Author]
    /// From the author's disk to this node's, over what others wrote.
    package var delay: Delay?

    package init(_ statistics: RecognitionStatistics) {
        authors = statistics.authors.map {
            Author(author: $0.author.rawValue, versions: $0.versions, results: $0.results, void: $0.void)
        }
        delay = statistics.delayMilliseconds.map {
            Delay(count: $0.count, p50Milliseconds: $0.p50, p99Milliseconds: $0.p99)
        }
    }
}
