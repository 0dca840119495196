import ConsoleKit
import Edge
import Effects
import HTTPTypes
import Hummingbird
import NIOCore

/// Requests and answers of browsers between the wire and the values that pages work with.
enum PageWire {
    enum Incoming {
        case request(PageRequest)
        case refused(Response)
    }

    static func read(_ request: Request) async -> Incoming {
        let method: PageRequest.Method
        switch request.method {
        case .get: method = .get
        case .post: method = .post
        default: return .refused(plain(.methodNotAllowed, "GET, POST", [("allow", "GET, POST")]))
        }
        let target = request.head.path ?? "/"
        guard target.utf8.count <= Limits.pageAddressBytes else { return .refused(plain(.uriTooLong, "too long")) }
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let query = FormData(encoded: parts.count > 1 ? String(parts[1]) : "") else {
            return .refused(plain(.badRequest, "bad request"))
        }
        var page = PageRequest(
            method, String(parts.first ?? "/"), query: query, cookies: PageRequest.cookies(request.headers[.cookie]),
            languages: request.headers[.acceptLanguage], fetchSite: header(request, "sec-fetch-site"),
            address: Visit.current?.address ?? "")
        page.lastEventID = header(request, "last-event-id")
        guard method == .post else { return .request(page) }
        let type = request.headers[.contentType]?.prefix { $0 != ";" }.lowercased()
        guard type == "application/x-www-form-urlencoded" else {
            return .refused(plain(.unsupportedMediaType, "a form, please"))
        }
        do {
            let bytes = try await request.bytes(limitBytes: Limits.pageFormBytes)
            guard let text = String(validating: bytes, as: UTF8.self), let form = FormData(encoded: text) else {
                return .refused(plain(.badRequest, "bad request"))
            }
            page.form = form
            return .request(page)
        } catch {
            let isTooLarge = (error as? Failure)?.code == "console.tooLarge"
            return .refused(plain(isTooLarge ? .contentTooLarge : .badRequest, "refused", [("connection", "close")]))
        }
    }

    private static func header(_ request: Request, _ name: String) -> String? {
        HTTPField.Name(name).flatMap { request.headers[$0] }
    }

    static func response(_ answer: PageResponse) -> Response {
        let body: ResponseBody
        if let following = answer.following {
            body = ResponseBody { writer in
                try await writer.write(ByteBuffer(bytes: answer.body))
                while let bytes = try await following() { try await writer.write(ByteBuffer(bytes: bytes)) }
                try await writer.finish(nil)
            }
        } else {
            body = ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
        }
        return Response(
            status: HTTPResponse.Status(code: answer.status), headers: fields(answer.headers), body: body)
    }

    /// An answer for what is no page: a few words, in no language of a person's.
    static func plain(
        _ status: HTTPResponse.Status, _ text: String, _ headers: [(name: String, value: String)] = []
    ) -> Response {
        Response(
            status: status,
            headers: fields(
                PageResponse.guarding + [("content-type", "text/plain; charset=utf-8"), ("cache-control", "no-store")]
                    + headers),
            body: ResponseBody(byteBuffer: ByteBuffer(string: text + "\n")))
    }

    private static func fields(_ headers: [(name: String, value: String)]) -> HTTPFields {
        var fields = HTTPFields()
        for header in headers {
            if let name = HTTPField.Name(header.name) { fields.append(HTTPField(name: name, value: header.value)) }
        }
        return fields
    }
}
