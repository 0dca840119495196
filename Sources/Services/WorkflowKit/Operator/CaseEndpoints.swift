import Effects
import Ledgers
import Regions
package import ServiceKit

/// What operators ask of the cases of any workflow; a service names the path, and adds how a case is made.
package struct CaseEndpoints<W: Workflow>: Sendable {
    /// Which cases are listed; what is not given narrows nothing.
    package struct ListQuestion: Codable, Sendable, Equatable {
        package var state: String?
        package var topic: String?
        package var limit: UInt32?

        package init(state: String? = nil, topic: String? = nil, limit: UInt32? = nil) {
            self.state = state
            self.topic = topic
            self.limit = limit
        }
    }

    /// From where somebody goes on to follow; from the whole list where nothing is given.
    package struct FollowQuestion: Codable, Sendable, Equatable {
        /// The id of the last event that they have.
        package var after: String?

        package init(after: String? = nil) { self.after = after }
    }

    /// One case by its id.
    package struct ShowQuestion: Codable, Sendable, Equatable {
        package var id: String

        package init(id: String) { self.id = id }
    }

    /// Who opens a case.
    package struct Reading: Codable, Sendable, Equatable {
        package var id: String
        package var practitioner: String
        package var unit: String?

        package init(id: String, practitioner: String, unit: String? = nil) {
            self.id = id
            self.practitioner = practitioner
            self.unit = unit
        }
    }

    /// What somebody does about a case.
    package struct Action: Codable, Sendable, Equatable {
        package var id: String
        /// An event of the workflow.
        package var event: String
        package var practitioner: String
        /// The node that is asked, where the event asks one.
        package var target: String?
        /// The day that the event names, as 2026-12-31.
        package var day: String?
        /// The lines that it is about, such as what an inventory holds for the case.
        package var items: [String]?
        /// By the fields of the event's form.
        package var values: [CaseValue]

        package init(
            id: String, event: String, practitioner: String, target: String? = nil, day: String? = nil,
            items: [String]? = nil, values: [CaseValue] = []
        ) {
            self.id = id
            self.event = event
            self.practitioner = practitioner
            self.target = target
            self.day = day
            self.items = items
            self.values = values
        }
    }

    /// What was answered to it.
    package struct Receipt: Codable, Sendable, Equatable {
        package var id: String
        package var home: String
        package var state: String
        package var entry: String
        package var time: String
        package var isDuplicate: Bool
    }

    /// A case that was made.
    package struct Creation: Codable, Sendable, Equatable {
        package var id: String
        /// The same order number had made this case before.
        package var isDuplicate: Bool

        package init(_ created: CreatedCase<W>) {
            id = created.id.description
            isDuplicate = created.isDuplicate
        }
    }

    package let list: Endpoint<ListQuestion, [CaseInfo]>
    package let work: Endpoint<NoQuestion, [CaseInfo]>
    package let follow: Endpoint<FollowQuestion, EventFeed>
    package let show: Endpoint<ShowQuestion, CaseInfo>
    package let forms: Endpoint<NoQuestion, [CaseFormInfo]>
    package let read: Endpoint<Reading, CaseFileInfo>
    package let act: Endpoint<Action, Receipt>

    /// - Parameter path: what all of them begin with.
    package init(path: String) {
        let noun = W.table.noun
        list = Endpoint(
            .get, path, summary: "The \(noun)s that concern this node, the newest first; nothing of a patient.",
            question: .query, answer: .json)
        work = Endpoint(
            .get, path + "/work", summary: "The \(noun)s in which something is left to do, those due next first.",
            question: .none, answer: .json)
        follow = Endpoint(
            .get, path + "/work/events",
            summary: "The same list as server-sent events, and whatever changes, for as long as somebody listens.",
            question: .query, answer: .events)
        show = Endpoint(
            .get, path + "/show", summary: "What became of one \(noun); nothing of a patient.", question: .query,
            answer: .json, failures: [.absent])
        forms = Endpoint(
            .get, path + "/forms", summary: "What is filled in for one \(noun), with which event.", question: .none,
            answer: .json)
        read = Endpoint(
            .post, path + "/read", summary: "Opens one \(noun): what was written, from the node that made it.",
            role: .practitioner { $0.practitioner }, audit: W.table.readAction, question: .json, answer: .json,
            failures: [.absent, .forbidden])
        act = Endpoint(
            .post, path + "/act", summary: "Does something about one \(noun): an event of the workflow.",
            role: .practitioner { $0.practitioner }, question: .json, answer: .json,
            failures: [.absent, .forbidden, .conflict, .tooLate])
    }

    private static func position(_ text: String) throws -> Int64 {
        guard let position = Int64(text), position >= 0 else {
            throw Failure(
                "console.badRequest", "this is no event's id", remedy: "give the id of the last event, or leave it out")
        }
        return position
    }

    /// The lists of what is left to do.
    package func serveWork(_ book: CaseBook<W>) -> [ServedEndpoint] {
        [
            work.serve { _ in
                try await book.context.ledger.read { try CaseWork<W>.next(limit: Limits.queryResults, in: $0) }.map(
                    CaseInfo.init)
            },
            follow.serve { question in
                let feed = CaseFeed(book: book, after: try question.after.map(Self.position))
                return EventFeed { try await feed.next() }
            },
        ]
    }

    /// - Parameters:
    ///   - purpose: for which somebody opens a case.
    ///   - checkTopic: throws where a list is narrowed by a topic that there is not.
    ///   - read: opens a case, where the service asks more than the kit does.
    ///   - act: does something about a case, where the service does more than the kit.
    package func serve(
        _ book: CaseBook<W>, purpose: AccessStatement.Purpose,
        checkTopic: @escaping @Sendable (String) throws -> Void = { _ in },
        read readFile: (@Sendable (CaseID<W>, Asking) async throws -> CaseFile<W>)? = nil,
        act perform: (@Sendable (Action) async throws -> CaseReceipt<W>)? = nil
    ) -> [ServedEndpoint] {
        serveWork(book) + [
            list.serve { question in
                if let topic = question.topic { try checkTopic(topic) }
                let most = Limits.queryResults
                let filter = CaseFilter<W>(
                    state: try question.state.map { try KnownWord.value($0, what: "state") }, topic: question.topic,
                    limit: question.limit.map { min(Int($0), most) } ?? most)
                return try await book.list(filter).map(CaseInfo.init)
            },
            show.serve { CaseInfo(try await book.show(try CaseID($0.id))) },
            forms.serve { _ in CaseFormInfo.all(of: W.self) },
            read.serve { reading in
                let unit = try AskingReader(book.context).unit(reading.unit)
                let asking = Asking(practitioner: reading.practitioner, organizationUnit: unit, purpose: purpose)
                let id = try CaseID<W>(reading.id)
                let file = try await readFile?(id, asking)
                guard let file else { return CaseFileInfo(try await book.open(id, asking)) }
                return CaseFileInfo(file)
            },
            act.serve { action in
                let own = try await perform?(action)
                guard let own else {
                    return Receipt(try await book.perform(try action.deed(), on: try CaseID(action.id)))
                }
                return Receipt(own)
            },
        ]
    }
}

extension CaseEndpoints.Receipt {
    fileprivate init(_ receipt: CaseReceipt<W>) {
        self.init(
            id: receipt.id.description, home: receipt.home.rawValue, state: receipt.state.rawValue,
            entry: receipt.entry, time: receipt.time.description, isDuplicate: receipt.isDuplicate)
    }
}

extension CaseEndpoints.Action {
    /// - Throws: where the event, the node or the day is none, or a field stands twice.
    package func deed() throws -> CaseDeed<W> {
        var deed = CaseDeed<W>(
            try KnownWord.value(event, what: "event of this workflow"), by: practitioner,
            values: try values.byField(of: W.self), target: try target.map { try NodeID($0) },
            day: try day.map { text in
                guard text.utf8.count == 10, let day = try? WallTime(recorded: text) else {
                    throw W.table.failure(.badContent, "this is no day", remedy: "write it as 2026-12-31")
                }
                return day
            })
        deed.items = (items ?? []).map { CaseItem($0) }
        return deed
    }
}
