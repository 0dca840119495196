/// The monthly table as a page: one document without scripts, which prints on a landscape sheet.
package enum SheetPage {
    /// - Parameter names: what the codes of items and reasons are called.
    package static func html(_ sheet: SheetInfo, names: SheetNames) -> String {
        let columns = SheetColumns.all
        let head = columns.map { "<th scope=\"col\">\(escape($0.title))<small>\(escape($0.english))</small></th>" }
        let rows = sheet.institutions.map { row($0, columns, "") }
        let groups = sheet.groups.map { row($0, columns, " class=\"group\"") }
        let empty =
            sheet.institutions.isEmpty
            ? "<p class=\"empty\">本期没有互认活动。Nothing was matched, opened or decided in this period.</p>" : ""
        return """
            <!DOCTYPE html>
            <html lang="zh-CN"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>检查检验结果互认月报 \(escape(sheet.period))</title>
            <style>\(style)</style></head><body>
            <h1>检查检验结果互认统计表 <small>Mutual recognition, \(escape(sheet.period))</small></h1>
            <p>节点 \(escape(sheet.node)) · 目录版本 \(escape(sheet.edition)) · 价格版本 \(escape(prices(sheet)))</p>
            \(empty)
            <div class="wide"><table><thead><tr>\(head.joined())</tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody>
            <tbody>\(groups.joined(separator: "\n"))</tbody>
            <tfoot>\(row(sheet.total, columns, " class=\"total\""))</tfoot></table></div>
            <div class="pair">\(list("不互认理由 · reasons for repeating", sheet.total.repeatedByReason, names.reasons))
            \(list("互认项目 · recognised items", sheet.total.recognisedByItem, names.items))</div>
            <footer>互认率（国家口径）：互认份数 ÷ 就诊患者在目录内的既有结果份数（X01）。
            互认率（开单口径）：互认 ÷（互认＋重复检查），代码98、99不计入（X02）。</footer>
            </body></html>
            """
    }

    private static func prices(_ sheet: SheetInfo) -> String {
        sheet.total.priceVersions.isEmpty ? "–" : sheet.total.priceVersions.joined(separator: "、")
    }

    private static func row(
        _ row: SheetInfo.RowInfo, _ columns: [SheetColumns.Column], _ attribute: String
    ) -> String {
        let cells = columns.enumerated().map { index, column in
            let text = escape(column.value(row))
            if index == 0 { return "<th scope=\"row\">\(text)</th>" }
            return column.isNumber ? "<td class=\"n\">\(text)</td>" : "<td>\(text)</td>"
        }
        return "<tr\(attribute)>\(cells.joined())</tr>"
    }

    private static func list(_ title: String, _ counts: [String: Int], _ names: [String: String]) -> String {
        let rows = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { code, count in
            "<tr><th scope=\"row\">\(escape(code))</th><td>\(escape(names[code] ?? ""))</td><td class=\"n\">\(count)</td></tr>"
        }
        let body = rows.isEmpty ? "<tr><td>–</td></tr>" : rows.joined()
        return "<section><h2>\(escape(title))</h2><table>\(body)</table></section>"
    }

    static func escape(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.append(character)
            }
        }
        return escaped
    }

    private static let style = """
        body{font:14px/1.5 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:1.5rem;color:#1b1f24}
        h1{font-size:1.4rem;margin:0 0 .3rem}h1 small,th small{display:block;font-weight:400;color:#5b6570;font-size:.72em}
        h2{font-size:1rem}.wide{overflow-x:auto}table{border-collapse:collapse}
        th,td{border:1px solid #cfd6dd;padding:.3rem .5rem;text-align:left;vertical-align:top}
        thead th{background:#eef3f8;font-size:.85em;min-width:4.2em}td.n{text-align:right;font-variant-numeric:tabular-nums}
        tr.group th,tr.group td{background:#fafbfc}tr.total th,tr.total td{background:#eef3f8;font-weight:600}
        .pair{display:flex;gap:2rem;flex-wrap:wrap}.empty{color:#8a5a00}footer{margin-top:1.2rem;color:#5b6570;font-size:.85em}
        tbody th{white-space:nowrap}@media print{@page{size:A3 landscape}body{margin:0;font-size:10px}}
        """
}

/// What codes of items and reasons are called in the page's own language.
package struct SheetNames: Sendable {
    package var items: [String: String]
    package var reasons: [String: String]

    package init(items: [String: String], reasons: [String: String]) {
        self.items = items
        self.reasons = reasons
    }
}
