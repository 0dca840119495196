package import Effects

/// The words of tables on a terminal in both languages: titles of columns, names of rows, and what a state is called.
///
/// A word that is not here stands as it is: a node's name, a number, a code.
package enum TerminalWords {
    /// A word as people of a language read it.
    package static func shown(_ word: String, in language: Language) -> String {
        guard language == .chinese else { return word }
        return chinese[word] ?? word
    }

    /// Columns whose cells are words of the program.
    static let statefulTitles: Set<String> = [
        "AS", "CHAIN STATE", "EDITION", "EVENT", "IN FORCE", "OUTCOME", "PUBLISHED", "RECOGNISABLE", "RELATION",
        "RESULT", "STANDS", "STATE", "STATUS", "STEP", "TIER", "VERIFIED", "WHAT", "WERE", "WOULD BE",
    ]

    private static let chinese = Dictionary(
        (titles + rows + states).map { ($0.english, $0.chinese) }, uniquingKeysWith: { first, _ in first })

    package static let titles: [Wording] = [
        Wording("ACTION", "操作"), Wording("ADDRESSES", "地址"), Wording("ANSWERED", "答复数"), Wording("AS", "方式"),
        Wording("AT", "时间"), Wording("ATTEMPT", "次"), Wording("BATCHES", "批"), Wording("BY", "人员"),
        Wording("CALLER", "调用方"), Wording("CHAIN", "链"), Wording("CLAIM", "接收时限"), Wording("CLAIMED BY", "接收者"),
        Wording("CLOCK", "时钟差"), Wording("CODE", "代码"), Wording("CONFIGURATION", "配置"), Wording("COVERS", "范围内项目"),
        Wording("DAYS LEFT", "剩余天数"), Wording("DECISION", "决定"), Wording("DELIVERS TO", "报送至"),
        Wording("DENOMINATOR", "分母"), Wording("DIRECTORY", "目录"), Wording("DISABLED", "停用"),
        Wording("DIVISION", "行政区划"), Wording("DUE", "期限"),
        Wording("EDITION", "版次"),
        Wording("ENTRIES", "条目"), Wording("ENTRY", "条目"), Wording("EPOCH", "纪元"), Wording("EVENT", "事件"),
        Wording("EVIDENCE", "依据"), Wording("EXAMINATION", "检查项目"), Wording("FILE", "文件"), Wording("FILES", "文件数"),
        Wording("FLAG", "标志"), Wording("FROM", "自"), Wording("GRACE", "宽限"), Wording("GRADE", "等级"),
        Wording("HELD BY", "持有者"), Wording("HOME", "受理节点"), Wording("IN FORCE", "有效"), Wording("IN FULL", "全称"),
        Wording("INDICATOR", "指标"), Wording("INSTITUTION", "机构"), Wording("IS WRITTEN FOR BY", "由其代写"),
        Wording("ISSUED", "签发"), Wording("ISSUED BY", "签发机构"), Wording("ISSUER", "发放机构"), Wording("ITEM", "项目"),
        Wording("KEEPS THE REGISTER AT", "登记处"), Wording("KEY", "键"), Wording("KEYS", "密钥数"), Wording("KIND", "种类"),
        Wording("LAST SIGN-IN", "上次登录"), Wording("LOCKED UNTIL", "锁到"),
        Wording("MESSAGE", "报文"), Wording("MISSING", "缺少"), Wording("NAME", "名称"), Wording("FOR", "送往"),
        Wording("NODE", "节点"), Wording("NUMBER", "编号"), Wording("NUMERATOR", "分子"), Wording("OLDEST", "最久"),
        Wording("ON DISK", "落盘时间"), Wording("ON DISK UP TO", "已落盘至"), Wording("OPENED BY", "打开者"),
        Wording("OUTCOME", "结果"), Wording("PARENT", "上级"), Wording("PERSON", "姓名"), Wording("PRACTITIONER", "医师"),
        Wording("PROGRAMME", "质评项目"),
        Wording("PUBLISHED", "已发布"), Wording("PURPOSE", "用途"), Wording("REASON", "原因"), Wording("RECEIVED", "已收"),
        Wording("RECOGNISABLE", "可互认"), Wording("RECORD", "记录"), Wording("REFERENCE", "参考范围"),
        Wording("RELATION", "关系"), Wording("REPORT", "报告"), Wording("REQUEST", "申请"), Wording("REQUESTED", "提出时间"),
        Wording("RESULT", "结果"), Wording("ROLES", "角色"), Wording("ROUND TRIP", "往返"), Wording("SCOPE", "互认范围"),
        Wording("SENT", "已发"),
        Wording("SERIAL", "序列号"), Wording("SET BY", "来自"), Wording("SHOWN", "数值"), Wording("SINCE", "自"),
        Wording("SIZE", "大小"), Wording("SPECIALTY", "专业"), Wording("STANDS", "有效"), Wording("STATE", "状态"),
        Wording("STATEMENT", "访问声明"), Wording("STATUS", "状态"), Wording("SYSTEM", "系统"), Wording("TEXT", "文字"),
        Wording("TIER", "层级"), Wording("TIME", "时间"), Wording("TO", "至"), Wording("TYPE", "类型"), Wording("UNIT", "机构"),
        Wording("VALUE", "值"), Wording("VERSION", "版本"), Wording("WAITING", "等待"),
        Wording("WERE", "已"), Wording("WHAT", "内容"),
        Wording("MADE", "做于"), Wording("RELEASE", "版本"), Wording("STEP", "步骤"), Wording("TRIED", "试过"),
        Wording("VERIFIED", "核验"), Wording("WHERE", "位置"), Wording("WITHOUT IT", "没有它"), Wording("WOULD BE", "将"),
    ]

    /// The names of rows in tables without titles.
    package static let rows: [Wording] = [
        Wording("certificate until", "证书至"), Wording("disk", "磁盘"), Wording("examination", "检查项目"),
        Wording("institution", "机构"), Wording("issued", "签发"), Wording("ledger", "账本"),
        Wording("ledger key until", "账本密钥至"), Wording("links up", "链路"), Wording("listens", "监听"),
        Wording("node", "节点"), Wording("observed", "观察时间"), Wording("order", "申请单"), Wording("parent", "上级"),
        Wording("patient", "患者"), Wording("process", "进程"), Wording("region", "区域"), Wording("release", "版本"),
        Wording("results", "结果"), Wording("status", "状态"), Wording("tier", "层级"),
        Wording("versions of results", "结果版本数"),
        Wording("waiting", "等待"),
    ]

    package static let states: [Wording] = [
        Wording("up", "连通"), Wording("connecting", "连接中"), Wording("waiting", "等待"), Wording("down", "断开"),
        Wording("broken", "中断"), Wording("stale", "过时"), Wording("unknown", "未知"),
        Wording("parent", "上级"), Wording("child", "下级"), Wording("local", "本节点"),
        Wording("dispatcher", "调度节点"), Wording("city", "市"), Wording("county", "县（区）"), Wording("township", "乡镇"),
        Wording("author", "作者"), Wording("chain", "链"), Wording("excerpt", "摘录"), Wording("absent", "没有"),
        Wording("unreachable", "无法到达"), Wording("refused", "被拒收"), Wording("stopped", "停住"),
        Wording("set aside", "搁置"), Wording("setAside", "搁置"), Wording("in quarantine", "隔离"),
        Wording("quarantined", "隔离"), Wording("set aside elsewhere", "在别处搁置"),
        Wording("in quarantine elsewhere", "在别处隔离"), Wording("held", "扣留"),
        Wording("message refused", "消息被拒收"), Wording("message held", "消息扣留"), Wording("requested", "待受理"),
        Wording("opened", "已受理"), Wording("offered", "待接"), Wording("claimed", "已接"), Wording("reported", "已报告"),
        Wording("acknowledged", "已确认"), Wording("escalated", "已升级"), Wording("withdrawn", "已撤回"),
        Wording("accepted", "已收下"), Wording("newVersion", "新版本"), Wording("voided", "已作废"),
        Wording("duplicate", "已有"), Wording("here already", "已有"), Wording("served", "给出"),
        Wording("forwarded", "转问"), Wording("notFound", "没有"), Wording("sound", "完好"), Wording("live", "实时"),
        Wording("yes", "是"), Wording("no", "否"), Wording("not yet", "尚未"), Wording("past", "已过"),
        Wording("in force", "有效"), Wording("to come", "将来"), Wording("replaced", "已被替换"),
        Wording("! has ended", "！已到期"), Wording("! ends soon", "！即将到期"),
        Wording("! the secret is missing", "！秘密缺失"),
        Wording("! another secret than was published", "！不是已发布的秘密"), Wording("authority", "签发机构"),
        Wording("certificate", "证书"), Wording("ledger key", "账本密钥"), Wording("final", "正式"),
        Wording("preliminary", "初步"), Wording("corrected", "更正"), Wording("amended", "修订"),
        Wording("recognised", "互认"), Wording("repeated", "重复检查"), Wording("created", "建号"),
        Wording("signedIn", "登录"), Wording("wrongPassword", "口令错误"), Wording("wrongCode", "动态口令错误"),
        Wording("locked", "锁住"), Wording("recoveryUsed", "用了恢复码"), Wording("passwordChanged", "改口令"),
        Wording("deviceBound", "绑定设备"), Wording("signedOut", "退出"), Wording("rolesChanged", "角色变更"),
        Wording("unlocked", "解锁"), Wording("disabled", "停用"), Wording("enabled", "启用"), Wording("reset", "重置"),
        Wording("sessionEnded", "结束会话"), Wording("paused", "暂停"), Wording("beside", "放在旁边"),
        Wording("not verified", "未核验"), Wording("NOT SOUND", "已损坏"), Wording("well", "正常"),
        Wording("warning", "注意"), Wording("failed", "不成"), Wording("skipped", "没有试"),
        Wording("pause", "是否暂停"), Wording("address", "地址"), Wording("connection", "连接"),
        Wording("handshake", "握手"), Wording("configuration", "配置"), Wording("clock", "时钟"),
        Wording("messageResent", "重发报文"), Wording("messageHeld", "扣留报文"), Wording("messageReleased", "放行报文"),
        Wording("messageDropped", "丢弃报文"), Wording("linkPaused", "暂停链路"), Wording("linkResumed", "恢复链路"),
        Wording("backupMade", "做备份"),
    ]
}
