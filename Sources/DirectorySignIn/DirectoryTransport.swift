import AsyncHTTPClient
import Effects
import NIOCore
import NIOHTTP1
import NIOSSL

/// One question to a directory.
struct DirectoryQuestion: Hashable, Sendable {
    var address: String
    /// What is posted; nil for a look.
    var form: String?
    var authorization: String?
}

/// What a directory answers.
struct DirectoryReply: Hashable, Sendable {
    var status: Int
    var body: [UInt8]
}

/// Brings questions to a directory.
protocol DirectoryTransport: Sendable {
    /// - Throws: `directory.unreachable`, `directory.badAnswer` where the answer is too long.
    func ask(_ question: DirectoryQuestion) async throws -> DirectoryReply
}

/// Brings questions to a directory over HTTPS: no redirect is followed, no answer is longer or slower than its limit.
///
/// Each question has a connection of its own: people sign in seldom, and the authority's file holds as it is now.
struct HTTPDirectoryTransport: DirectoryTransport {
    /// The file of the CA; nil believes the authorities of the machine.
    let authorityFile: String?
    let world: World

    func ask(_ question: DirectoryQuestion) async throws -> DirectoryReply {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(
            connect: .milliseconds(Limits.directoryAnswerMilliseconds / 2),
            read: .milliseconds(Limits.directoryAnswerMilliseconds))
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.decompression = .disabled
        configuration.tlsConfiguration = try DirectoryTrust.configuration(authorityFile, disk: world.disk)
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            let reply = try await answer(question, by: client)
            try? await client.shutdown()
            return reply
        } catch {
            // It was of no use: that it cannot be closed in order changes nothing.
            try? await client.shutdown()
            throw error
        }
    }

    private func answer(_ question: DirectoryQuestion, by client: HTTPClient) async throws -> DirectoryReply {
        let time = world.time
        return try await withThrowingTaskGroup(of: DirectoryReply.self) { group in
            group.addTask { try await Self.send(question, by: client) }
            group.addTask {
                try await time.sleep(milliseconds: Limits.directoryAnswerMilliseconds)
                throw DirectoryAnswer.unreachable
            }
            defer { group.cancelAll() }
            guard let reply = try await group.next() else { throw DirectoryAnswer.unreachable }
            return reply
        }
    }

    private static func send(_ question: DirectoryQuestion, by client: HTTPClient) async throws -> DirectoryReply {
        var request = HTTPClientRequest(url: question.address)
        request.headers.add(name: "accept", value: "application/json")
        if let authorization = question.authorization {
            request.headers.add(name: "authorization", value: authorization)
        }
        if let form = question.form {
            request.method = .POST
            request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
            request.body = .bytes(ByteBuffer(string: form))
        }
        do {
            let response = try await client.execute(
                request, timeout: .milliseconds(Limits.directoryAnswerMilliseconds))
            let body = try await response.body.collect(upTo: Limits.directoryAnswerBytes)
            return DirectoryReply(status: Int(response.status.code), body: Array(body.readableBytesView))
        } catch is NIOTooManyBytesError {
            throw DirectoryAnswer.bad("the directory's answer is longer than \(Limits.directoryAnswerBytes) bytes")
        } catch {
            try Task.checkCancellation()
            throw DirectoryAnswer.unreachable
        }
    }
}

/// Whose certificate a directory may show.
enum DirectoryTrust {
    /// - Throws: `directory.authority`, `disk.…`.
    static func configuration(_ authorityFile: String?, disk: any Disk) throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        guard let authorityFile else { return configuration }
        let pem = try disk.read(authorityFile)
        guard let authorities = try? NIOSSLCertificate.fromPEMBytes(pem), !authorities.isEmpty else {
            throw Failure(
                "directory.authority", "the authority's certificate of the directory cannot be read",
                place: authorityFile, remedy: "bring the PEM file of the CA that signed the directory's certificate")
        }
        configuration.trustRoots = .certificates(authorities)
        return configuration
    }
}
