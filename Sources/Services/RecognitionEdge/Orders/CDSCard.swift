/// Messages of CDS Hooks 1.1 and 2.0 (https://cds-hooks.hl7.org/2.0/), as far as this service speaks them.
package enum CDSHooks {
    /// The answer of `GET /cds-services`.
    package struct Discovery: Codable, Sendable, Equatable {
        package var services: [Service]
    }

    package struct Service: Codable, Sendable, Equatable {
        package var hook: String
        package var title: String
        package var description: String
        package var id: String
        package var prefetch: [String: String]
        package var usageRequirements: String
    }

    /// The answer of a call.
    package struct Answer: Codable, Sendable, Equatable {
        package var cards: [Card]
        package var `extension`: Extension?

        package init(cards: [Card], extension: Extension?) {
            self.cards = cards
            self.extension = `extension`
        }
    }

    /// What an answer says beside its cards.
    package struct Extension: Codable, Sendable, Equatable {
        /// The whole match, also what no card shows; none where nothing was looked for.
        package var match: MatchInfo?
        /// Drafts that were left out, and why.
        package var notes: [SentenceInfo]?

        enum CodingKeys: String, CodingKey {
            case match = "cn.yilian.match"
            case notes = "cn.yilian.notes"
        }
    }

    package struct Card: Codable, Sendable, Equatable {
        package var uuid: String
        /// At most 140 characters.
        package var summary: String
        /// GitHub-flavoured Markdown.
        package var detail: String
        /// `info`, `warning` or `critical`.
        package var indicator: String
        package var source: Source
        package var suggestions: [Suggestion]?
        /// Required where there are suggestions.
        package var selectionBehavior: String?
        package var overrideReasons: [Coding]?
        package var links: [Link]?
    }

    package struct Source: Codable, Sendable, Equatable {
        package var label: String
        package var topic: Coding
    }

    package struct Coding: Codable, Sendable, Equatable {
        package var code: String
        package var system: String
        package var display: String
    }

    package struct Link: Codable, Sendable, Equatable {
        package var label: String
        package var url: String
        package var type: String
    }

    package struct Suggestion: Codable, Sendable, Equatable {
        package var label: String
        package var uuid: String
        package var isRecommended: Bool
        package var actions: [Action]
    }

    package struct Action: Codable, Sendable, Equatable {
        package var type: String
        package var description: String
        package var resourceId: String
    }

    /// The body of `POST /cds-services/{id}/feedback`.
    package struct Feedback: Codable, Sendable, Equatable {
        package var feedback: [Item]

        package struct Item: Codable, Sendable, Equatable {
            package var card: String
            /// `accepted` or `overridden`.
            package var outcome: String
            package var overrideReason: OverrideReason?
            package var outcomeTimestamp: String?
        }

        package struct OverrideReason: Codable, Sendable, Equatable {
            package var reason: Reason?
            package var userComment: String?
        }

        package struct Reason: Codable, Sendable, Equatable {
            package var code: String
            package var system: String?
        }
    }
}
