"""A doctor's day, an auditor's morning and a quality controller's case at the console, for console.py.

Each is played by hands: a mouse, or the keyboard alone. What was asked for in it is searched for afterwards wherever it must not
be, in the browser's own folder, too.
"""
import glob
import os
import time

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

# A patient of the demo with results in another county; nobody has the number: it begins with 999999.
NUMBER = "999999196804129172"
NAME = "李建国"
REASON = "昏迷，无法取得同意"
FINDING = "有抢救记录，正当"


class Hands:
    """Fills in, chooses and presses, with a mouse or with the keyboard alone."""

    def __init__(self, tools, driver, keys=False):
        self.tools, self.driver, self.keys = tools, driver, keys

    def find(self, selector):
        found = self.driver.find_elements(By.CSS_SELECTOR, selector)
        if not found:
            raise SystemExit(f"no {selector} on {self.driver.current_url}: {self.tools.heading(self.driver)}")
        return found[0]

    def reach(self, element, what):
        """Comes to an element as somebody does who has no mouse."""
        if not self.keys:
            return
        for _ in range(250):
            if self.tools.has_focus(self.driver, element):
                outline = self.driver.execute_script("return getComputedStyle(arguments[0]).outlineStyle", element)
                self.tools.check(outline != "none", f"the focus on {what} is seen")
                return
            self.tools.tab(self.driver)
        self.tools.check(False, f"{what} is reached by Tab on {self.driver.current_url}")

    def type(self, name, text):
        field = self.find(f"main [name='{name}']")
        self.reach(field, name)
        field.send_keys(text)

    def choose(self, name, value):
        """One of a list, or one of a few to pick from."""
        field = self.find(f"main [name='{name}']")
        if field.tag_name == "select":
            self.reach(field, name)
            if not self.keys:
                self.find(f"main [name='{name}'] option[value='{value}']").click()
                return
            for _ in range(400):
                if field.get_attribute("value") == value:
                    return
                before = field.get_attribute("value")
                field.send_keys(Keys.ARROW_DOWN)
                if field.get_attribute("value") == before:
                    break
            self.tools.check(field.get_attribute("value") == value, f"{value} of {name} is chosen by keyboard")
            return
        pick = self.find(f"main [name='{name}'][value='{value}']")
        if not self.keys:
            pick.click()
            return
        group = self.driver.find_elements(By.CSS_SELECTOR, f"main [name='{name}']")
        if pick.get_attribute("type") == "checkbox":
            self.reach(pick, name)
            pick.send_keys(Keys.SPACE)
            return
        # Tab comes to what is picked in a group, or to its first; arrows go along it.
        begin = next((item for item in group if item.is_selected()), group[0])
        self.reach(begin, name)
        begin.send_keys(Keys.SPACE)
        for _ in group:
            if pick.is_selected():
                return
            self.driver.switch_to.active_element.send_keys(Keys.ARROW_DOWN)
        self.tools.check(pick.is_selected(), f"{value} of {name} is picked by keyboard")

    def unfold(self, summary):
        self.reach(summary, "what folds out")
        if self.keys:
            summary.send_keys(Keys.ENTER)
        else:
            summary.click()

    def leave(self, element):
        """Presses what leads to another page."""
        if not self.keys:
            self.tools.leave(self.driver, element)
            return
        self.reach(element, element.text)
        self.driver.execute_script("document.body.dataset.before = 'yes'")
        element.send_keys(Keys.ENTER)
        self.tools.until(
            lambda: self.driver.execute_script(
                "return document.readyState === 'complete' && document.body.dataset.before !== 'yes'"),
            f"another page comes after {self.driver.current_url}")
        self.tools.seen(self.driver)

    def press(self, text):
        """The button or the link of this text that is shown."""
        for element in self.driver.find_elements(By.CSS_SELECTOR, "main button, main a.button"):
            if element.text == text and element.is_displayed():
                self.leave(element)
                return
        raise SystemExit(f"no button {text!r} on {self.driver.current_url}: {self.tools.heading(self.driver)}")

    def menu(self, path):
        self.leave(self.find(f"nav.side a[href='{path}']"))


class Clinical:
    def __init__(self, tools):
        self.tools = tools

    def shown(self, driver, name):
        """A page that shows a person: sound for everybody, marked with who looks, and without a whole number."""
        self.tools.accessible(driver, name)
        self.tools.check(driver.find_elements(By.CSS_SELECTOR, ".watermark"), f"{name}: who looks stands over the page")
        self.tools.check(NUMBER not in driver.page_source, f"{name}: no page shows a whole number")
        self.tools.picture(driver, name.replace(" ", "-"))

    def sign_in(self, driver, node, account):
        """Somebody else sits down: whoever was there has left."""
        for button in driver.find_elements(By.CSS_SELECTOR, "form[action='/sign-out'] button"):
            self.tools.leave(driver, button)
            break
        self.tools.sign_in(driver, node, account)

    # A doctor

    def doctors_day(self, driver, keys):
        """From the start page to one's own accesses: find, open, card, decision, referral."""
        tools, hands = self.tools, Hands(self.tools, driver, keys)
        way = "by keyboard" if keys else "without script"
        self.sign_in(driver, "yuxian", "shi")
        hands.menu("/results")
        hands.type("number", NUMBER)
        hands.type("consent", "CONSENT-2")
        hands.type("order", f"ORDER-{int(time.time())}")
        hands.press("查结果")
        self.shown(driver, f"found {way}")
        for index in range(len(driver.find_elements(By.CSS_SELECTOR, "main a[href^='/results/one']"))):
            hands.leave(driver.find_elements(By.CSS_SELECTOR, "main a[href^='/results/one']")[index])
            if driver.find_elements(By.CSS_SELECTOR, "main a[href^='/recognition/cards']"):
                break
            hands.press("回到查到的结果")
        tools.check(NAME in driver.page_source, f"a result of the patient was opened {way}")
        self.shown(driver, f"opened {way}")
        hands.press("能否互认？")
        self.shown(driver, f"plan {way}")
        hands.press("查已有结果")
        self.cards(driver, hands, way)
        self.referral(driver, hands, way)
        self.identity(driver, hands, way)
        hands.menu("/accesses")
        text = driver.find_element(By.CSS_SELECTOR, "main").text
        for action in ("recognition.find", "recognition.fetch", "recognition.match", "referral.read", "identity.show"):
            tools.check(action in text, f"{action} stands among one's own accesses {way}")
        tools.check(NAME not in driver.page_source, "whom it was about stands in no list")
        tools.accessible(driver, f"accesses {way}")
        tools.picture(driver, f"accesses-{way.replace(' ', '-')}")

    def cards(self, driver, hands, way):
        tools = self.tools
        cards = driver.find_elements(By.CSS_SELECTOR, ".cards > .card")
        tools.check(cards, f"there is a card {way}: {tools.heading(driver)}")
        if not cards:
            return
        self.shown(driver, f"cards {way}")
        tools.resize(driver, 360)
        wide = driver.execute_script("return document.documentElement.scrollWidth")
        tools.check(wide <= 360, f"cards at 360 px are {wide} px wide")
        tools.picture(driver, f"cards-360-{way.replace(' ', '-')}")
        tools.resize(driver, 1280)
        recognise = driver.find_elements(By.CSS_SELECTOR, ".cards button")
        named = [button for button in recognise if button.text == "互认，不再开"]
        hands.leave(named[0])
        tools.check("决定：互认" in driver.page_source, f"a result is recognised {way}")
        tools.check(driver.current_url.split("#")[0].endswith("/recognition/cards/shown"), "the card is where it was")
        # The same, changed once: done again for a reason.
        card = driver.find_element(By.CSS_SELECTOR, ".cards > .card.done")
        hands.unfold(card.find_element(By.CSS_SELECTOR, "details > summary"))
        place = card.get_attribute("id").split("-")[1]
        hands.choose(f"reason-{place}", "04")
        hands.leave(card.find_element(By.CSS_SELECTOR, "details form button"))
        tools.check("决定：重做" in driver.page_source, f"a decision is changed once {way}")
        self.shown(driver, f"decided {way}")

    def referral(self, driver, hands, way):
        tools = self.tools
        hands.menu("/referrals")
        hands.press("转诊一名患者")
        self.shown(driver, f"referring {way}")
        hands.type("name", NAME)
        hands.choose("sex", "M")
        hands.choose("kind", "up")
        for field, text in (("r-diagnosis", "不稳定性心绞痛"), ("r-summary", "胸闷2小时"), ("r-reason", "需介入治疗")):
            hands.type(field, text)
        picked = driver.find_elements(By.CSS_SELECTOR, "main [name='references']")
        tools.check(picked, f"what was opened can be referred to {way}")
        if picked:
            hands.choose("references", picked[0].get_attribute("value"))
        hands.press("写下转诊")
        self.shown(driver, f"referral {way}")
        tools.check("转诊已落盘" in driver.page_source, f"the referral is written {way}")
        for summary in driver.find_elements(By.CSS_SELECTOR, "#act summary"):
            if summary.text == "请求接收":
                hands.unfold(summary)
        hands.choose("offered-target", "yangquan-shi")
        hands.press("请求接收")
        tools.check("待答复" in tools.heading(driver), f"the city is asked {way}: {tools.heading(driver)}")

    def identity(self, driver, hands, way):
        tools = self.tools
        hands.menu("/identity")
        hands.type("number", NUMBER)
        hands.type("consent", "CONSENT-2")
        hands.press("查此人")
        self.shown(driver, f"identity {way}")
        tools.check("999999 ******** 9172" in driver.page_source, f"a number is shown in part {way}")
        forms = driver.find_elements(By.CSS_SELECTOR, "#link form, #separate form")
        tools.check(len(forms) == 2, f"a doctor may link and separate {way}")

    def break_glass(self, driver):
        """In the night somebody opens a result without consent."""
        tools, hands = self.tools, Hands(self.tools, driver)
        self.sign_in(driver, "yuxian", "shi")
        tools.go(driver, "yuxian", "/results")
        hands.type("number", NUMBER)
        hands.choose("purpose", "emergency")
        hands.type("reason", REASON)
        hands.press("查结果")
        hands.leave(driver.find_elements(By.CSS_SELECTOR, "main a[href^='/results/one']")[0])
        self.shown(driver, "opened without consent")

    # An auditor

    def auditors_morning(self, driver, keys):
        """What waits on the start page, one opening, a finding that stays, and who looked at this person."""
        tools, hands = self.tools, Hands(self.tools, driver, keys)
        way = "by keyboard" if keys else "without script"
        self.sign_in(driver, "yuxian", "yu")
        tools.check("紧急打开还没有复核" in driver.find_element(By.CSS_SELECTOR, "main").text, f"it waits {way}")
        tools.accessible(driver, f"the auditor's start {way}")
        tools.picture(driver, f"auditor-start-{way.replace(' ', '-')}")
        hands.press("去复核")
        before = tools.heading(driver)
        tools.check(REASON in driver.page_source, f"the reason is seen {way}")
        tools.accessible(driver, f"openings {way}")
        tools.picture(driver, f"openings-{way.replace(' ', '-')}")
        hands.press("复核")
        tools.accessible(driver, f"one opening {way}")
        tools.picture(driver, f"opening-{way.replace(' ', '-')}")
        tools.check(NAME not in driver.page_source, "the auditor sees no name")
        hands.choose("finding", "justified")
        hands.type("words", FINDING)
        hands.press("记下复核结论")
        tools.check("复核结论已落盘" in driver.page_source, f"a finding is on disk {way}")
        tools.check(tools.heading(driver) != before, f"one fewer waits {way}: {tools.heading(driver)}")
        tools.go(driver, "yuxian", "/audit/openings")
        tools.check("正当" in driver.find_element(By.CSS_SELECTOR, "main").text, f"the finding is seen {way}")
        tools.go(driver, "yuxian", "/audit")
        hands.type("number", NUMBER)
        hands.press("谁看过此人")
        text = driver.find_element(By.CSS_SELECTOR, "main").text
        tools.check("audit.review" in text and "yuxian-doctor" in text, f"who looked at this person {way}")
        self.shown(driver, f"looked at {way}")

    # Quality control

    def controllers_case(self, driver):
        """An event is reported without a name, accepted, and analysed; keyboard alone."""
        tools, hands = self.tools, Hands(self.tools, driver, keys=True)
        self.sign_in(driver, "pingding", "zhi")
        hands.menu("/adverse-events/new")
        hands.choose("grade", "level-3")
        hands.choose("kind", "fall")
        hands.type("e-what", "如厕时滑倒，无外伤")
        hands.choose("e-harm", "mild")
        hands.press("报告")
        tools.check("谢谢" in driver.page_source, "an event is reported")
        hands.menu("/adverse-events")
        tools.accessible(driver, "adverse events")
        tools.picture(driver, "adverse-events")
        hands.press("打开")
        for event, field, text in (("受理", "accepted-harm", "mild"), ("写下原因分析", "analysed-causes", "地面湿滑")):
            for summary in driver.find_elements(By.CSS_SELECTOR, "#act summary"):
                if summary.text == event:
                    hands.unfold(summary)
            if field.startswith("analysed"):
                hands.choose("analysed-factor", "environment")
                hands.type(field, text)
            else:
                hands.choose(field, text)
            hands.press(event)
            tools.check("已记下" in driver.page_source, f"an adverse event: {event}")
        tools.check("已分析" in tools.heading(driver), f"where it stands: {tools.heading(driver)}")
        self.shown(driver, "adverse case")

    # Afterwards

    def not_in_profile(self, folder):
        """Nothing of what was asked for lies in the browser's own files, caches among them."""
        for path in glob.glob(f"{folder}/**/*", recursive=True):
            if not os.path.isfile(path):
                continue
            try:
                with open(path, "rb") as file:
                    data = file.read()
            except OSError:
                continue
            for secret in (NUMBER, NAME, REASON):
                for form in (secret.encode(), secret.encode("utf-16-le")):
                    self.tools.check(form not in data, f"{secret} lies in the browser's {os.path.relpath(path, folder)}")
