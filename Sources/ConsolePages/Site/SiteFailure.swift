import ConsoleKit
import Effects
import ServiceKit

/// What is wrong with a request itself.
enum SiteFailure: Error {
    case notFound
    case otherMethod
    case forbidden
    /// A form from somewhere else, or one that has lain too long.
    case foreignForm
    /// Something was posted, and the session has ended.
    case signedOut

    var status: Int {
        switch self {
        case .notFound: 404
        case .otherMethod: 405
        case .forbidden, .foreignForm: 403
        case .signedOut: 401
        }
    }

    var title: Wording {
        switch self {
        case .notFound: Wording("There is no such page", "没有这个页面")
        case .otherMethod: Wording("This page cannot do that", "这个页面不能这样用")
        case .forbidden: Wording("Your role does not open this page", "您的角色不能打开这一页")
        case .foreignForm: Wording("This form was not taken", "这份表单没有被接受")
        case .signedOut: Wording("You were signed out meanwhile", "您已经退出登录")
        }
    }

    var text: Wording {
        switch self {
        case .notFound: Wording("The address may be of another release.", "地址可能属于另一个版本。")
        case .otherMethod: Wording("Go there from the menu.", "请从菜单进入。")
        case .forbidden:
            Wording(
                "The security administrator grants roles; the menu shows what yours open.",
                "角色由安全管理员授予；菜单里是您能打开的。")
        case .foreignForm:
            Wording(
                "It came from another place, or has lain open too long. Nothing was done. Open the page again.",
                "它来自别处，或者打开得太久。什么也没有做。请重新打开页面再提交。")
        case .signedOut:
            Wording("Nothing was done. Sign in and send it again.", "什么也没有做。请登录后再提交。")
        }
    }
}

extension ConsoleSite {
    /// An error as a page: a sentence first, then what to do, then the code.
    func problem(_ error: any Error, _ call: SiteCall) -> PageResponse {
        let page: Page
        var standing = PageResponse.Standing.stranger
        switch error {
        case let failure as SiteFailure:
            page = problemPage(call, status: failure.status, failure.title, failure.text, code: nil, correlation: nil)
            if case .foreignForm = failure { standing = .wrongTry }
        case let failure as Failure:
            page = problemPage(failure, call)
        case is CancellationError:
            page = problemPage(
                call, status: 503, Wording("The node is stopping", "节点正在停止"),
                Wording("Try again in a minute.", "请一分钟后再试。"), code: nil, correlation: nil)
        default:
            let correlation = world.identifier()
            // Its text may hold anything; only its type goes into the log.
            logger.error(
                "a page failed", metadata: ["correlation": "\(correlation)", "type": "\(type(of: error))"])
            page = problemPage(
                call, status: 500, FailureClass.broken.sentence, Wording("Tell the operator the number.", "请把编号告诉运维员。"),
                code: "page.failed", correlation: correlation)
        }
        var response = call.plainPage(page)
        if response.standing == .stranger { response.standing = standing }
        return response
    }

    private func problemPage(_ failure: Failure, _ call: SiteCall) -> Page {
        let `class` = catalogue.class(of: failure.code)
        let definition = catalogue[failure.code]
        let status =
            switch `class` {
            case .invalid: 400
            case .forbidden: 403
            case .absent: 404
            case .conflict, .tooLate: 409
            case .retry: 503
            case .broken: 500
            }
        var correlation: String?
        if `class` == .broken {
            let number = world.identifier()
            correlation = number
            logger.error("a page failed", metadata: ["correlation": "\(number)", "code": "\(failure.code)"])
        }
        let sentence = definition?.sentence ?? `class`.sentence
        let remedy = definition?.remedy ?? Wording("", "")
        let title = Wording(failure.message, Self.chinese(failure.message, definition) ?? sentence.chinese)
        let text = Wording(
            failure.remedy ?? remedy.english, failure.remedy.flatMap { Self.chinese($0, definition) } ?? remedy.chinese)
        return problemPage(
            call, status: status, title, text, code: failure.code.rawValue, correlation: correlation)
    }

    /// A failure's own sentence in Chinese, with what it names; nil where its definition does not have it.
    private static func chinese(_ sentence: String, _ definition: FailureDefinition?) -> String? {
        guard let definition else { return nil }
        for wording in [definition.sentence, definition.remedy] + definition.particulars {
            if let found = Template(wording.english).values(in: sentence[...]) {
                return Template(wording.chinese).filled(found)
            }
        }
        return nil
    }

    private func problemPage(
        _ call: SiteCall, status: Int, _ title: Wording, _ text: Wording, code: String?, correlation: String?
    ) -> Page {
        let words = call.words
        let marks = [code, correlation].compactMap { $0 }.map { "<code>\($0)</code> " as HTML }
        let back = PageAction.link(words("Start page", "开始页"), "/")
        let body: HTML = """
            <div class="box"><h1>\(words(title))</h1><p>\(words(text))</p><p class="note">\(marks)</p>\
            <p class="block-s">\(back.html(in: call.scene))</p></div>
            """
        let framed: HTML = """
            <p class="note">\(marks)</p><p class="block-s">\(back.html(in: call.scene))</p>
            """
        let isInside = call.session?.isWhole == true
        return Page(
            words("Not done", "没有完成"), heading: words(title), lead: isInside ? HTML(words(text)) : .empty,
            status: status, stamp: .none, isInside ? framed : body)
    }
}

extension SiteCall {
    /// A page without anything that has to be asked for.
    func plainPage(_ page: Page) -> PageResponse {
        let visitor = session?.isWhole == true ? session?.visitor : nil
        let frame = PageFrame(
            node: site.node(), look: look, scene: scene, path: request.path, visitor: visitor,
            menu: visitor.map(site.menu) ?? [])
        let headers = [("content-type", "text/html; charset=utf-8"), ("content-language", words.tag)]
        return finished(
            PageResponse(status: page.status, headers: headers, body: Array(frame.document(page).text.utf8)))
    }
}
