package import Accounts
package import Effects
import FHIR
package import Regions
import Synchronization
import Trust

/// A hospital's directory that speaks OpenID Connect: the authorization code flow with PKCE, a confidential client, and a
/// token of which nothing is believed before its signature.
package final class HospitalDirectory: PersonDirectory {
    private struct State {
        var document: (value: DirectoryDocument, at: MonotonicTime)?
        var keys: (value: DirectoryKeys, at: MonotonicTime)?
        var keysAskedAt: MonotonicTime?
        var awaySince: WallTime?
        var triedAt: MonotonicTime?
        var questions = 0
        /// The states of those who have come back, oldest first.
        var arrived: [(state: String, at: MonotonicTime)] = []
    }

    private let settings: DirectorySettings
    private let rule: PersonRule
    private let secretFile: String
    /// Where the directory sends browsers back to; it is known there by these letters.
    private let returnAddress: String
    private let transport: any DirectoryTransport
    private let world: World
    private let seal: DepartureSeal
    private let state = Mutex(State())

    package static let returnPath = "/sign-in/directory/return"

    /// Asks nobody anything yet: a node starts also while its directory is away.
    ///
    /// - Parameters:
    ///   - console: what browsers call the console.
    ///   - resolve: where a path of the node's file is.
    /// - Throws: `directory.noPractitioner`.
    package convenience init(
        _ settings: DirectorySettings, console: NetworkAddress, resolve: (String) -> String, world: World
    ) throws {
        try self.init(
            settings, console: console, secretFile: resolve(settings.secretFile),
            transport: HTTPDirectoryTransport(authorityFile: settings.authorityFile.map(resolve), world: world),
            world: world)
    }

    init(
        _ settings: DirectorySettings, console: NetworkAddress, secretFile: String,
        transport: any DirectoryTransport, world: World
    ) throws {
        self.settings = settings
        self.secretFile = secretFile
        self.transport = transport
        self.world = world
        rule = try PersonRule(settings)
        seal = DepartureSeal(random: world.random)
        let host = console.port == 443 ? String(console.description.dropLast(4)) : console.description
        returnAddress = "https://" + host + Self.returnPath
    }

    /// What of the section's files would keep people from signing in, for whoever checks a configuration.
    package static func failures(
        _ settings: DirectorySettings?, resolve: (String) -> String, disk: any Disk
    ) -> [Failure] {
        guard let settings else { return [] }
        var failures: [Failure] = []
        func attempt(_ body: () throws -> Void) {
            do { try body() } catch let failure as Failure { failures.append(failure) } catch {
                failures.append(
                    Failure("directory.authority", "the authority's certificate of the directory cannot be read"))
            }
        }
        attempt { _ = try PersonRule(settings) }
        attempt { _ = try secret(resolve(settings.secretFile), disk: disk) }
        attempt { _ = try DirectoryTrust.configuration(settings.authorityFile.map(resolve), disk: disk) }
        return failures
    }

    private static func secret(_ file: String, disk: any Disk) throws -> String {
        let text = try PrivateFile.read(file, disk: disk).filter { !$0.isNewline }
        guard (1...1_000).contains(text.utf8.count) else {
            throw Failure(
                "directory.secret", "the secret of the directory's client is empty or too long", place: file,
                remedy: "write the secret that the directory shows for this client, and nothing else")
        }
        return text
    }

    package var awaySince: WallTime? { state.withLock { $0.awaySince } }

    private var now: MonotonicTime { world.time.monotonicTime }

    // MARK: There

    package func begin(back: String) async throws -> DirectoryDeparture {
        let document = try await document()
        let departure = seal.make(back: back, at: now, random: world.random)
        var fields = [
            ("response_type", "code"), ("client_id", settings.client), ("redirect_uri", returnAddress),
            ("scope", (["openid"] + settings.scopes).joined(separator: " ")), ("state", departure.state),
            ("nonce", departure.nonce), ("code_challenge", departure.challenge), ("code_challenge_method", "S256"),
        ]
        if !settings.levels.isEmpty { fields.append(("acr_values", settings.levels.joined(separator: " "))) }
        let address = document.authorization.text
        return DirectoryDeparture(
            address: address + (address.contains("?") ? "&" : "?") + Self.encoded(fields), ticket: departure.ticket)
    }

    // MARK: And back

    package func finish(_ arrival: DirectoryArrival) async throws -> DirectoryPerson {
        let departure = try departure(of: arrival)
        let document = try await document()
        let isNamed = arrival.issuer.isEmpty ? !document.namesItself : arrival.issuer == settings.issuer.text
        guard isNamed else {
            throw Failure(
                "directory.issuer", "another than the directory has sent the browser back",
                remedy: "begin again at the sign-in page")
        }
        guard arrival.error.isEmpty, (1...4_000).contains(arrival.code.utf8.count) else { throw Self.refused }
        let token = try IDToken(try await exchange(arrival.code, departure, document))
        let claims = try token.claims(signedBy: try await keys(for: token, document))
        let rule = TokenRule(
            issuer: settings.issuer.text, client: settings.client, nonce: departure.nonce, levels: settings.levels,
            methods: settings.methods, now: world.time.wallTime)
        try rule.check(claims)
        return try self.rule.person(claims, back: departure.back)
    }

    /// The departure that has come back, for the first time.
    private func departure(of arrival: DirectoryArrival) throws -> Departure {
        let now = now
        guard let departure = seal.open(arrival.ticket, at: now),
            DepartureSeal.areSame(departure.state, arrival.state), isFirst(departure.state, at: now)
        else {
            throw Failure(
                "directory.departure", "this sign-in was not begun in this browser, or lies too long back",
                remedy: "begin again at the sign-in page")
        }
        return departure
    }

    private func isFirst(_ text: String, at now: MonotonicTime) -> Bool {
        state.withLock { state in
            state.arrived.removeAll { now.milliseconds(since: $0.at) > Limits.departureMilliseconds }
            guard !state.arrived.contains(where: { $0.state == text }) else { return false }
            if state.arrived.count >= Limits.arrivalsKept { state.arrived.removeFirst() }
            state.arrived.append((text, now))
            return true
        }
    }

    /// Exchanges the code for a token.
    private func exchange(
        _ code: String, _ departure: Departure, _ document: DirectoryDocument
    ) async throws -> String {
        let secret = try Self.secret(secretFile, disk: world.disk)
        var fields = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", returnAddress),
            ("code_verifier", departure.verifier),
        ]
        var authorization: String?
        if document.wantsSecretInForm {
            fields += [("client_id", settings.client), ("client_secret", secret)]
        } else {
            authorization = "Basic " + Self.credentials(settings.client, secret)
        }
        let reply = try await ask(
            DirectoryQuestion(
                address: document.token.text, form: Self.encoded(fields), authorization: authorization))
        if reply.status == 400 || reply.status == 401 {
            let error = DirectoryAnswer.value(reply)?["error"]?.string
            guard reply.status == 401 || error == "invalid_client" else { throw Self.refused }
            throw Failure(
                "directory.client", "the directory does not take this console's client and secret",
                remedy: "compare 'client' and 'secretFile' with what the directory has")
        }
        guard let token = try DirectoryAnswer.json(reply)["id_token"]?.string else {
            throw DirectoryAnswer.bad("the directory's answer has no token of who the person is")
        }
        return token
    }

    private static var refused: Failure {
        Failure(
            "directory.refused", "the directory has let nobody in",
            remedy: "begin again; if it repeats, ask whoever keeps the directory")
    }

    // MARK: What the directory publishes

    private func document() async throws -> DirectoryDocument {
        let now = now
        let kept = state.withLock { $0.document }
        if let kept, now.milliseconds(since: kept.at) < Limits.directoryDocumentMilliseconds { return kept.value }
        let reply = try await ask(DirectoryQuestion(address: DirectoryDocument.place(of: settings.issuer)))
        let document = try DirectoryDocument(DirectoryAnswer.json(reply), of: settings.issuer)
        state.withLock { $0.document = (document, now) }
        return document
    }

    /// The keys; fetched again for a token whose key is not among them, at most once a minute.
    private func keys(for token: IDToken, _ document: DirectoryDocument) async throws -> DirectoryKeys {
        let now = now
        let kept = state.withLock { state -> DirectoryKeys? in
            if let kept = state.keys {
                let isThere = !kept.value.candidates(id: token.keyID, way: token.way).isEmpty
                let age = now.milliseconds(since: (isThere ? nil : state.keysAskedAt) ?? kept.at)
                if age < (isThere ? Limits.directoryDocumentMilliseconds : Limits.directoryKeysMilliseconds) {
                    return kept.value
                }
            }
            state.keysAskedAt = now
            return nil
        }
        if let kept { return kept }
        let reply = try await ask(DirectoryQuestion(address: document.keys.text))
        let keys = try await DirectoryKeys(DirectoryAnswer.json(reply))
        state.withLock { $0.keys = (keys, now) }
        return keys
    }

    /// Asks the directory; whether it answered stands on the sign-in page.
    ///
    /// - Throws: `directory.busy`, `directory.unreachable`, `directory.badAnswer`, `directory.authority`.
    private func ask(_ question: DirectoryQuestion) async throws -> DirectoryReply {
        let now = now
        let isAllowed = try state.withLock { state in
            if state.awaySince != nil, let tried = state.triedAt,
                now.milliseconds(since: tried) < Limits.directoryRetryMilliseconds
            {
                throw DirectoryAnswer.unreachable
            }
            guard state.questions < Limits.directoryQuestions else { return false }
            state.questions += 1
            state.triedAt = now
            return true
        }
        guard isAllowed else {
            throw Failure(
                "directory.busy", "many people come from the directory at this moment",
                remedy: "try again in a few seconds")
        }
        defer { state.withLock { $0.questions -= 1 } }
        do {
            let reply = try await transport.ask(question)
            state.withLock { $0.awaySince = nil }
            return reply
        } catch let failure as Failure where failure.code == "directory.unreachable" {
            let wallTime = world.time.wallTime
            state.withLock { $0.awaySince = $0.awaySince ?? wallTime }
            throw failure
        }
    }

    private static func encoded(_ fields: [(String, String)]) -> String {
        fields.map { PercentCoding.encode($0.0) + "=" + PercentCoding.encode($0.1) }.joined(separator: "&")
    }

    /// A client and its secret for a header (RFC 6749, section 2.3.1).
    private static func credentials(_ client: String, _ secret: String) -> String {
        let text = PercentCoding.encode(client) + ":" + PercentCoding.encode(secret)
        let plain = Base64URL.encode(Array(text.utf8)).replacing("-", with: "+").replacing("_", with: "/")
        return plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
    }
}
