"""Uses the console of a demo region in a real Chromium, as people do, and ends with 1 where something is not as it must be.

    console.py --region DIR --nodes NODES --program yilian --axe axe.min.js [--vnu vnu.jar] [--pictures DIR]

DIR is the folder of a running `yilian demo --keep DIR --nodes NODES`; NODES is a copy, for files of it are changed. Every page of every role is looked at in both languages, on a phone
and a desktop, light and dark; tasks are done with the keyboard alone and with script off; what happens while somebody looks
comes by itself; and a person's name and number are searched for wherever they must not be.
"""
import argparse
import base64
import concurrent.futures
import glob
import json
import os
import re
import signal
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import types
import urllib.request

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.chrome.service import Service

import clinical

# A patient of the demo, whose numbers nobody has: they begin with 999999.
NUMBER = "999999195502039281"
WAIT_SECONDS = 40

arguments = argparse.ArgumentParser()
arguments.add_argument("--region", required=True)
arguments.add_argument("--program", required=True)
arguments.add_argument("--axe", required=True)
arguments.add_argument("--nodes", required=True)
arguments.add_argument("--vnu")
arguments.add_argument("--pictures")
options = arguments.parse_args()

with open(f"{options.region}/region.json", encoding="utf-8") as file:
    nodes = {node["id"]: node for node in json.load(file)["nodes"]}
with open(options.axe, encoding="utf-8") as file:
    AXE = file.read()
sources = {}
failures = []
visited = []
asked = []
looked = set()
looking = threading.Lock()
began = time.monotonic()


def check(holds, what):
    if not holds:
        failures.append(what)
        print(f"✘ {what}", flush=True)


def step(name):
    print(f"  {time.monotonic() - began:5.1f} s  {name}", flush=True)


def yilian(node, *words):
    result = subprocess.run(
        [options.program, *words, "--data", nodes[node]["dataFolder"], "--json"], capture_output=True, text=True,
        check=False)
    if result.returncode not in (0, 3):
        raise SystemExit(f"yilian {' '.join(words)}: {result.stderr}")
    return json.loads(result.stdout)


def browser(width=1280, height=900, script=True, profile=None):
    chrome = webdriver.ChromeOptions()
    if profile:
        chrome.add_argument(f"--user-data-dir={profile}")
    for word in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--ignore-certificate-errors",
        "--disable-background-networking", "--disable-component-update", "--no-first-run", "--lang=zh-CN",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", f"--window-size={width},{height}",
    ):
        chrome.add_argument(word)
    preferences = {"intl.accept_languages": "zh-CN,zh"}
    if not script:
        preferences["profile.managed_default_content_settings.javascript"] = 2
    chrome.add_experimental_option("prefs", preferences)
    chrome.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    chrome.set_capability("acceptInsecureCerts", True)
    driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=chrome)
    driver.set_page_load_timeout(30)
    if script:
        # It is there in every page, and does nothing before it is called.
        driver.execute_cdp_cmd(
            "Page.addScriptToEvaluateOnNewDocument", {"source": "window.yilianAxe = function () {" + AXE + "\n};"})
    return driver


def resize(driver, width, height=900):
    # Chromium's own windows are at least 500 pixels wide.
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 700})


def go(driver, node, path):
    driver.get(nodes[node]["console"] + path)
    seen(driver)


def seen(driver):
    visited.append(tuple(driver.execute_script("return [document.title, location.href]")))


def heading(driver):
    # In one go: the heading may be swapped while it is read.
    return driver.execute_script("return document.querySelector('h1').innerText")


def leave(driver, element):
    """Presses what leads to another page, and waits for that page."""
    driver.execute_script("document.body.dataset.before = 'yes'")
    element.click()
    until(
        lambda: driver.execute_script(
            "return document.readyState === 'complete' && document.body.dataset.before !== 'yes'"),
        f"another page comes after {driver.current_url}")
    seen(driver)


def leave_by(driver, selector):
    """The same by an element of a part that may be swapped at any moment."""
    for _ in range(10):
        try:
            return leave(driver, driver.find_element(By.CSS_SELECTOR, selector))
        except StaleElementReferenceException:
            pass
    raise SystemExit(f"{selector} on {driver.current_url} is swapped again and again")


def press(driver, text):
    for button in driver.find_elements(By.CSS_SELECTOR, "main button, main a.button"):
        if button.text == text:
            leave(driver, button)
            return
    raise SystemExit(f"no button {text!r} on {driver.current_url}")


def until(condition, what, seconds=WAIT_SECONDS):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if condition():
                return True
        except Exception:  # A part was swapped while it was read.
            pass
        time.sleep(0.25)
    check(False, f"within {seconds} s: {what}")
    return False


def sign_in(driver, node, account):
    link = yilian(node, "account", "link", account)
    go(driver, node, link["path"])
    leave(driver, driver.find_element(By.CSS_SELECTOR, "form button"))
    check(driver.find_elements(By.CSS_SELECTOR, "nav.side"), f"{account} is in at {node}")


def menu(driver):
    links = driver.find_elements(By.CSS_SELECTOR, "nav.side li a")
    return [link.get_attribute("href").split("/", 3)[3] for link in links]


def accessible(driver, name):
    found = driver.execute_async_script(
        "if (!window.axe) { window.yilianAxe(); }"
        "axe.run(document, {resultTypes: ['violations']}).then(arguments[arguments.length - 1])")
    for violation in found["violations"]:
        if violation["impact"] in ("serious", "critical"):
            where = "; ".join(node["html"][:120] for node in violation["nodes"][:2])
            check(False, f"axe, {name}: {violation['id']}: {violation['help']}: {where}")


def source(driver, name):
    """Keeps the HTML of a page as it was sent, for the checker of HTML."""
    if options.vnu and name not in sources:
        sources[name] = driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "fetch(location.href).then(r => r.text()).then(done, e => done('<p>' + e))")


def valid():
    """Every page's HTML by the rules of the standard (the Nu HTML checker), each once."""
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for index, (name, text) in enumerate(sorted(sources.items())):
            names[f"{folder}/{index}.html"] = name
            with open(f"{folder}/{index}.html", "w", encoding="utf-8") as file:
                file.write(text)
        result = subprocess.run(
            ["java", "-Xss1m", "-Xmx256m", "-jar", options.vnu, "--errors-only", "--format", "json", *names],
            capture_output=True, text=True, check=False)
        try:
            messages = json.loads(result.stderr)["messages"]
        except ValueError:
            check(False, f"the checker of HTML did not work: {result.stderr[:300]}")
            return
        for message in messages:
            name = names.get(message.get("url", "").removeprefix("file:"), "?")
            extract = message.get("extract", "").replace("\n", " ")[:160]
            check(False, f"HTML, {name}: {message['message']}: {extract}")
        print(f"  HTML of {len(names)} pages checked")


def picture(driver, name):
    if options.pictures:
        os.makedirs(options.pictures, exist_ok=True)
        # The whole page, however long.
        data = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})["data"]
        with open(f"{options.pictures}/{name}.png", "wb") as out:
            out.write(base64.b64decode(data))


def quiet(driver, name):
    """Nothing was blocked, nothing failed, and nobody else was asked."""
    for entry in driver.get_log("browser"):
        known = "favicon" in entry["message"] or "status of 4" in entry["message"] or "ERR_INTERNET" in entry["message"]
        check(entry["level"] != "SEVERE" or known, f"{name}: the browser says: {entry['message'][:200]}")
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            url = message["params"]["request"]["url"]
            asked.append(url)
            check(url.startswith(("https://127.0.0.1:", "data:", "about:", "chrome:")), f"{name}: a request to {url}")
        elif message["method"] == "Network.responseReceived":
            url, answer = message["params"]["response"]["url"], message["params"]["response"]["headers"]
            kept = {key.lower(): value for key, value in answer.items()}.get("cache-control", "")
            is_ours = url.startswith("https://127.0.0.1:") and "/assets/" not in url
            check(not is_ours or "no-store" in kept, f"{name}: a browser may keep {url}")
        elif message["method"] == "Network.requestWillBeSentExtraInfo":
            # As it went over the wire.
            headers = {key.lower(): value for key, value in message["params"]["headers"].items()}
            check("referer" not in headers, f"{name}: a Referer goes out: {headers.get('referer')}")


def look_at_pages(driver, node, account):
    """Every page of the menu: light and dark, both languages, phone and desktop, with axe on each."""
    sign_in(driver, node, account)
    spoken = driver.execute_script("return performance.getEntriesByType('navigation')[0].nextHopProtocol")
    check(spoken == "h2", f"the browser and {node} speak {spoken}")
    new = []
    for path in menu(driver):
        name = f"{account} /{path}"
        # What another role was shown already is looked at once more, and not in every way.
        with looking:
            is_new = path == "" or path not in looked
            looked.add(path)
        if is_new:
            new.append(path)
        for width in (1280, 360) if is_new else (1280,):
            resize(driver, width)
            go(driver, node, "/" + path)
            check("没有完成" not in driver.title, f"{name}: {heading(driver)}")
            wide = driver.execute_script("return document.documentElement.scrollWidth")
            check(wide <= width, f"{name} at {width} px is {wide} px wide")
            accessible(driver, f"{name} at {width} px")
            source(driver, name)
            picture(driver, f"{account}-{path.replace('/', '-') or 'start'}-{width}")
    resize(driver, 1280)
    in_english(driver, node, account, new)
    quiet(driver, account)
    go(driver, node, "/me")
    leave(driver, driver.find_element(By.CSS_SELECTOR, "form[action='/sign-out'] button"))


def in_english(driver, node, account, paths):
    """Pages in English, dark, and as they are printed."""
    for index, path in enumerate(paths):
        name = f"{account} /{path}"
        # The language is changed on the first page, and kept.
        go(driver, node, f"/look/en?back=%2F{path.replace('/', '%2F')}" if index == 0 else f"/{path}")
        check(driver.execute_script("return document.documentElement.lang") == "en", f"{name}: English")
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [
                {"name": "prefers-color-scheme", "value": "dark"}, {"name": "prefers-reduced-motion", "value": "reduce"},
            ]})
        accessible(driver, f"{name} in English, dark")
        source(driver, f"{name} in English")
        picture(driver, f"{account}-{path.replace('/', '-') or 'start'}-dark")
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": []})
        shown = driver.execute_script(
            "return [...document.querySelectorAll('nav.side, main form button, .banner a.button')]"
            ".filter(e => getComputedStyle(e).display !== 'none' && e.offsetParent !== null).length")
        check(shown == 0, f"{name}: {shown} menus and buttons are printed")
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    if paths:
        go(driver, node, "/look/zh?back=%2F")


def tab(driver):
    """Presses Tab, as a keyboard does."""
    key = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
    driver.execute_cdp_cmd("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
    driver.execute_cdp_cmd("Input.dispatchKeyEvent", {"type": "keyUp", **key})


def has_focus(driver, element):
    return driver.execute_script("return document.activeElement === arguments[0]", element)


def password_and_code(driver):
    """A new account: first password, another one, a phone, recovery codes; then again from the start."""
    opening = yilian("pingding", "account", "create", "browser", "--person", "<b>甲</b>\u202e示例", "--role", "operator")
    go(driver, "pingding", "/queue")
    check("/sign-in" in driver.current_url, "who has not signed in is asked to")

    def fill(**fields):
        for name, value in fields.items():
            driver.find_element(By.NAME, name).send_keys(value)
        leave(driver, driver.find_element(By.CSS_SELECTOR, "main form button"))

    fill(user="browser", **{"pass": "wrong"})
    check(driver.find_elements(By.CSS_SELECTOR, ".errors"), "a wrong password is refused in words")
    focused = driver.switch_to.active_element.get_attribute("class")
    check("errors" in focused, "what is wrong has the focus")
    fill(**{"pass": opening["password"]})
    password = "Stone-bridge 7 北"
    names = [field.get_attribute("name") for field in driver.find_elements(By.CSS_SELECTOR, "input[type=password]")]
    fill(**{name: password for name in names})
    key = driver.find_element(By.CSS_SELECTOR, "main code").text.replace(" ", "")

    def code(later=0):
        moment = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(time.time() + later))
        return subprocess.check_output(
            ["oathtool", "--totp", "--base32", "--now", moment, key], text=True).strip()

    fill(code=code())
    check(len(driver.find_elements(By.CSS_SELECTOR, "main ol code")) == 10, "ten recovery codes")
    press(driver, "已记下，继续")
    shown = driver.find_element(By.CSS_SELECTOR, ".me b").text
    check("<b>甲</b>" in shown and "\u202e" not in shown, f"a name with markup is shown as text: {shown!r}")
    leave(driver, driver.find_element(By.CSS_SELECTOR, "form[action='/sign-out'] button"))
    go(driver, "pingding", "/sign-in")
    fill(user="browser", **{"pass": password})
    fill(code=code(later=30))
    check(driver.find_elements(By.CSS_SELECTOR, "nav.side"), "in with password and the phone's code")
    leave(driver, driver.find_element(By.CSS_SELECTOR, "form[action='/sign-out'] button"))


def without_script():
    driver = browser(script=False)
    try:
        sign_in(driver, "pingding", "wu")
        go(driver, "pingding", "/queue?older=1h")
        check(driver.find_element(By.ID, "older").get_attribute("value") == "1h", "the filter stands in the address")
        go(driver, "pingding", "/system")
        for level in ("debug", "info"):
            driver.find_element(By.CSS_SELECTOR, f"#level option[value={level}]").click()
            driver.find_element(By.CSS_SELECTOR, "form[action='/system/log'] button").click()
            until(
                lambda: level in driver.find_element(By.CSS_SELECTOR, ".banner").text,
                f"the level is {level} without script")
        driver.find_element(By.CSS_SELECTOR, "button[value=dark]").click()
        # The old page may still be there when the press has been taken.
        until(
            lambda: driver.find_element(By.CSS_SELECTOR, "html").get_attribute("data-theme") == "dark",
            "dark without script")
        resize(driver, 360)
        go(driver, "pingding", "/region")
        driver.find_element(By.CSS_SELECTOR, "a.menu").click()
        until(lambda: driver.find_element(By.ID, "menu").is_displayed(), "the menu unfolds without script")
    finally:
        driver.quit()


def tasks_without_script():
    """The operator's tasks and the administrator's once more, in a browser whose script is off."""
    for account, tasks in (("wu", operators_tasks), ("xi", lambda hand: account_task(hand, "pu"))):
        driver = browser(script=False)
        try:
            link = yilian("pingding", "account", "link", account)
            go(driver, "pingding", link["path"])
            driver.find_element(By.CSS_SELECTOR, "form button").click()
            until(lambda: driver.find_elements(By.CSS_SELECTOR, "nav.side"), f"{account} is in without script")
            tasks(Pointer(driver))
        finally:
            driver.quit()


def by_keyboard(driver):
    sign_in(driver, "pingding", "wu")

    def tab_to(selector, most=200):
        wanted = driver.find_element(By.CSS_SELECTOR, selector)
        for _ in range(most):
            tab(driver)
            if has_focus(driver, wanted):
                outline = driver.execute_script("return getComputedStyle(arguments[0]).outlineStyle", wanted)
                check(outline != "none", f"the focus on {selector} is seen")
                return
        check(False, f"{selector} is reached by Tab")

    driver.find_element(By.CSS_SELECTOR, "body").send_keys(Keys.TAB)
    first = driver.switch_to.active_element
    check("skip" in (first.get_attribute("class") or ""), "the way past the menu comes first")
    tab_to("nav.side a[href='/system']")
    driver.switch_to.active_element.send_keys(Keys.ENTER)
    until(lambda: driver.current_url.endswith("/system"), "the menu is used by keyboard")
    tab_to("#level")
    driver.switch_to.active_element.send_keys("debug")
    tab_to("form[action='/system/log'] button")
    driver.switch_to.active_element.send_keys(Keys.ENTER)
    until(lambda: driver.find_elements(By.CSS_SELECTOR, ".banner.ok"), "a form is sent by keyboard")
    go(driver, "pingding", "/region")
    driver.find_element(By.CSS_SELECTOR, "body").send_keys("j")
    check(driver.find_elements(By.CSS_SELECTOR, "[data-rows] > .here") or
          not driver.find_elements(By.CSS_SELECTOR, "[data-rows] > *"), "j goes to a row")


class Keyboard:
    """Reaches everything by Tab, and sees where it is."""

    has_script = True

    def __init__(self, driver):
        self.driver = driver

    def reach(self, selector, most=300):
        wanted = self.driver.find_element(By.CSS_SELECTOR, selector)
        for _ in range(most):
            tab(self.driver)
            if has_focus(self.driver, wanted):
                outline = self.driver.execute_script("return getComputedStyle(arguments[0]).outlineStyle", wanted)
                check(outline != "none", f"the focus on {selector} is seen")
                return wanted
        raise SystemExit(f"{selector} on {self.driver.current_url} is not reached by Tab")

    def follow(self, selector):
        self.reach(selector).send_keys(Keys.ENTER)

    def fill(self, selector, text):
        self.reach(selector).send_keys(text)


class Pointer:
    """Clicks, in a browser without script."""

    has_script = False

    def __init__(self, driver):
        self.driver = driver

    def follow(self, selector):
        self.driver.find_element(By.CSS_SELECTOR, selector).click()

    def fill(self, selector, text):
        self.driver.find_element(By.CSS_SELECTOR, selector).send_keys(text)


def text_of(driver, selector="main"):
    return driver.find_element(By.CSS_SELECTOR, selector).text


def told(hand, text, seconds=WAIT_SECONDS):
    """What was done is said on the page that comes."""
    # The first may be the hidden one that says when updates have stopped.
    until(
        lambda: any(text in found.text for found in hand.driver.find_elements(By.CSS_SELECTOR, ".banner")),
        f"{text!r} is said at {hand.driver.current_url}", seconds)
    seen(hand.driver)


def shown(hand, text):
    until(lambda: text in text_of(hand.driver), f"{text!r} stands on {hand.driver.current_url}")
    seen(hand.driver)


def messages_that_wait():
    """The hospital at the county gets a system that nobody listens at, and three answers wait for it."""
    with open(f"{options.nodes}/pingding.yaml", "a", encoding="utf-8") as file:
        file.write(
            "\ndestinations:\n  - {name: his-browser, unit: pingding-renmin, wants: [reports], "
            "mllp: {address: '127.0.0.1:9'}}\n")
    os.kill(nodes["pingding"]["pid"], signal.SIGHUP)
    until(
        lambda: any(found["name"] == "his-browser" for found in destinations()), "the node has taken the destination")
    for number in range(3):
        words = [
            options.program, "consult", "create", "--kind", "ecg-emergency", "--identifier", f"BROWSER-{number}",
            "--type", "MR", "--issuer", "pingding-renmin", "--name", "丁示例", "--summary", "胸痛", "--reason", "请诊断",
            "--practitioner", "pingding-doctor", "--unit", "pingding-renmin", "--consent",
            "口头", "--data", nodes["pingding"]["dataFolder"]]
        made = subprocess.run(words, capture_output=True, text=True, check=True)
        case = made.stdout.splitlines()[0].split()[0]
        for verb in (["claim", case], ["report", case, "--findings", "窦性心律"]):
            until(
                lambda: subprocess.run(
                    [options.program, "consult", verb[0], verb[1], "--expert", "ecg-li", *verb[2:], "--data",
                     nodes["pingding"]["dataFolder"]], capture_output=True, check=False).returncode == 0,
                f"consult {verb[0]}")
    until(lambda: len(yilian("pingding", "queue", "messages", "--to", "his-browser")["messages"]) >= 3,
          "three messages wait")


def destinations():
    result = subprocess.run(
        ["curl", "--silent", "--unix-socket", f"{nodes['pingding']['dataFolder']}/yilian.sock",
         "http://node/v1/queue/destinations"], capture_output=True, text=True, check=False)
    return json.loads(result.stdout or "[]")


def queue_task(hand):
    """A message is held with a reason, found under its state, released; another is dropped."""
    driver = hand.driver
    listed = "/queue/messages?to=his-browser"
    go(driver, "pingding", listed + "&state=waiting")
    hand.follow("main tbody tr:first-child a.button")
    shown(hand, "会自己走")
    hand.fill("#hold-reason", "换系统")
    hand.follow("form[action='/queue/hold'] button")
    told(hand, "报文已扣留")
    check("state=waiting" in driver.current_url, "back in the same filter")
    go(driver, "pingding", listed + "&state=held")
    hand.follow("main tbody tr:first-child a.button")
    shown(hand, "换系统")
    hand.follow("form[action='/queue/release'] button")
    told(hand, "报文已放行")
    go(driver, "pingding", listed)
    hand.follow("main tbody tr:first-child a.button")
    shown(hand, "下一件")
    hand.follow("nav.pager a[rel=next]")
    until(lambda: driver.find_elements(By.CSS_SELECTOR, "nav.pager a[rel=prev]"), "the next in the list is opened")
    hand.fill("#drop-reason", "已用纸质报告")
    hand.follow("form[action='/queue/drop'] button")
    told(hand, "报文已丢弃")
    go(driver, "pingding", "/acts")
    shown(hand, "已用纸质报告")


def link_task(hand):
    """A link is tested, paused with a reason, seen as a warning, and resumed."""
    driver = hand.driver
    go(driver, "pingding", "/links")
    hand.follow("main a[href='/links/one?node=jucheng']")
    shown(hand, "测试这条链路")
    hand.follow("form[action='/links/test'] button")
    shown(hand, "TLS 与证书")
    hand.fill("#reason", "光缆检修")
    hand.follow("form[action='/links/pause'] button")
    told(hand, "链路已暂停")
    if hand.has_script:
        accessible(driver, "a paused link")
        source(driver, "a paused link")
        picture(driver, "link-paused-1280")
    go(driver, "pingding", "/alerts")
    shown(hand, "的链路已暂停")
    go(driver, "pingding", "/links/one?node=jucheng")
    shown(hand, "光缆检修")
    hand.follow("form[action='/links/resume'] button")
    told(hand, "链路已恢复")
    until(
        lambda: any(peer["node"] == "jucheng" and peer["state"] == "up" for peer in yilian("pingding", "peer", "list")),
        "the link is up again")


def backup_task(hand):
    go(hand.driver, "pingding", "/backups")
    hand.follow("form[action='/backups/make'] button")
    told(hand, "完好", 90)
    shown(hand, "最近一次备份在")


def configuration_task(hand):
    go(hand.driver, "pingding", "/")
    hand.follow("nav.side a[href='/configuration']")
    shown(hand, "改变了什么")


def operators_tasks(hand):
    for name, task in (
        ("a message", queue_task), ("a link", link_task), ("a backup", backup_task),
        ("the configuration", configuration_task),
    ):
        step(f"  {name}")
        task(hand)


def account_task(hand, name):
    """An account is made; somebody guesses at it and is locked out; it is unlocked."""
    driver = hand.driver
    go(driver, "pingding", "/accounts")
    hand.follow("main a[href='/accounts/new']")
    until(lambda: driver.find_elements(By.NAME, "person"), "a form for an account comes")
    hand.fill("#name", name)
    hand.fill("#person", "卞示例")
    hand.follow("form[action='/accounts/new'] button")
    shown(hand, "请当面交给本人")
    guessing(name)
    go(driver, "pingding", f"/accounts/one?name={name}")
    hand.follow("form[action='/accounts/unlock'] button")
    until(lambda: not driver.find_elements(By.CSS_SELECTOR, "form[action='/accounts/unlock']"), "it is unlocked")


def guessing(name):
    """Five wrong passwords in a browser: then nobody is let in for a while, and it is said."""
    driver = browser(script=False)
    try:
        for attempt in range(5):
            go(driver, "pingding", "/sign-in")
            driver.find_element(By.NAME, "user").send_keys(name)
            driver.find_element(By.NAME, "pass").send_keys(f"wrong-{attempt}-北")
            driver.find_element(By.CSS_SELECTOR, "main form button").click()
            wanted = "锁到" if attempt == 4 else "再错"
            until(lambda: wanted in text_of(driver), f"try {attempt + 1}: {wanted}")
        check(not driver.find_elements(By.CSS_SELECTOR, "nav.side"), "nobody is in")
    finally:
        driver.quit()


def foreign_forms(driver):
    """A form with another token, or without one, is refused and nothing happens."""
    before = yilian("pingding", "log", "level")
    for change in ("field.value = 'x'.repeat(field.value.length)", "field.value = ''", "field.remove()"):
        go(driver, "pingding", "/system")
        driver.execute_script(
            f"const field = document.querySelector(\"form[action='/system/log'] [name=token]\"); {change}")
        leave(driver, driver.find_element(By.CSS_SELECTOR, "form[action='/system/log'] button"))
        status = driver.execute_script("return performance.getEntriesByType('navigation')[0].responseStatus")
        check(status == 403 and "这份表单没有被接受" in heading(driver), f"{change}: {status} {heading(driver)}")
    check(yilian("pingding", "log", "level") == before, "nothing was changed by a form that was refused")


def unchecked():
    """The demo's certificate is of an authority that nobody else knows."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def network(driver, there):
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd("Network.emulateNetworkConditions", {
        "offline": not there, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1})


def events(driver):
    """A township dies while somebody looks at the city's map; the network goes and comes back."""
    sign_in(driver, "yangquan-shi", "qin")
    go(driver, "yangquan-shi", "/region")
    tile = "a.tile[href='/region/node?id=zhangzhuang']"
    until(lambda: "ok" in driver.find_element(By.CSS_SELECTOR, tile).get_attribute("class"), "all green")
    stamp = driver.find_element(By.CSS_SELECTOR, ".stamp time")
    before = stamp.text
    until(lambda: stamp.text != before, "the stamp goes on while nothing is loaded")
    driver.execute_script("window.stayed = true")
    # Six more of the session take its places, so that the page's own stream ends; a browser alone opens no seventh.
    # Then there is no network for a while.
    live = driver.find_element(By.ID, "main").get_attribute("data-live")
    cookie = "__Host-yilian=" + driver.get_cookie("__Host-yilian")["value"]
    request = urllib.request.Request(nodes["yangquan-shi"]["console"] + live + "&marks=", headers={"Cookie": cookie})
    more = [urllib.request.urlopen(request, context=unchecked(), timeout=10) for _ in range(6)]
    until(lambda: driver.find_element(By.ID, "lost").is_displayed(), "that updates have stopped is said")
    network(driver, there=False)
    for stream in more:
        stream.close()
    os.kill(nodes["zhangzhuang"]["pid"], signal.SIGKILL)
    time.sleep(15)
    tiles = driver.find_element(By.CSS_SELECTOR, tile).get_attribute("class")
    check("ok" in tiles, "without a network the page stays as it was")
    network(driver, there=True)
    until(lambda: not driver.find_element(By.ID, "lost").is_displayed(), "updates are back")
    until(lambda: "broken" in driver.find_element(By.CSS_SELECTOR, tile).get_attribute("class"), "it is red", 30)
    check(driver.execute_script("return window.stayed"), "the page was not loaded again")
    check("中断" in driver.find_element(By.CSS_SELECTOR, "#look").text, "the table has it")
    leave_by(driver, tile)
    check("yilian@zhangzhuang" in driver.find_element(By.CSS_SELECTOR, "main").text, "what helps is said")
    accessible(driver, "why a node is red")
    picture(driver, "why-1280")


def a_doctors_look(driver):
    """Looks a patient up; returns what must be found nowhere else."""
    sign_in(driver, "yuxian", "shi")
    go(driver, "yuxian", "/results")
    driver.find_element(By.NAME, "number").send_keys(NUMBER)
    driver.find_element(By.NAME, "consent").send_keys("CONSENT-1")
    driver.find_element(By.NAME, "order").send_keys("ORDER-1")
    press(driver, "查结果")
    accessible(driver, "results that were found")
    check(driver.find_elements(By.CSS_SELECTOR, ".watermark"), "who looks stands over the page")
    check(NUMBER not in driver.page_source, "no page shows a whole number")
    picture(driver, "results-1280")
    opened = driver.find_elements(By.CSS_SELECTOR, "main a[href^='/results/one']")
    check(opened, f"results were found: {heading(driver)}")
    if not opened:
        return [NUMBER]
    leave(driver, opened[0])
    accessible(driver, "a result")
    picture(driver, "result-1280")
    text = driver.find_element(By.CSS_SELECTOR, "main").text
    name = re.search(r"(?:患者|姓名)\s*\n?\s*([\u4e00-\u9fff]{2,4})", text)
    check(name, "the result names its patient")
    return [NUMBER] + ([name.group(1)] if name else [])


def nowhere(secrets):
    """A person who was looked at stands in no title, address, log or metric."""
    for secret in secrets:
        for title, url in visited:
            check(secret not in title, f"{secret} stands in a title: {title}")
            check(secret not in url and urllib.request.quote(secret) not in url, f"{secret} stands in an address")
        for url in asked:
            check(secret not in url and urllib.request.quote(secret) not in url, f"{secret} was asked for in an address")
        for path in glob.glob(f"{options.region}/*/*.log") + glob.glob(f"{options.region}/*.log"):
            with open(path, encoding="utf-8", errors="replace") as log:
                check(secret not in log.read(), f"{secret} stands in {path}")
        for node in nodes.values():
            if node["id"] == "zhangzhuang":
                continue
            with urllib.request.urlopen(node["health"] + "/metrics", timeout=10) as answer:
                check(secret not in answer.read().decode(), f"{secret} stands in the metrics of {node['id']}")


def clinic():
    """A doctor, an auditor and a quality controller, with the keyboard alone and with script off; returns what is secret."""
    tools = types.SimpleNamespace(
        check=check, go=go, heading=heading, leave=leave, until=until, seen=seen, sign_in=sign_in, resize=resize,
        accessible=accessible, picture=picture, tab=tab, has_focus=has_focus)
    desk = clinical.Clinical(tools)
    for keys in (True, False):
        # Without script axe does not run; the same pages were looked at with it.
        tools.accessible = accessible if keys else lambda driver, name: None
        with tempfile.TemporaryDirectory(prefix="yilian-profile-") as profile:
            driver = browser(script=keys, profile=profile)
            try:
                way = "with the keyboard alone" if keys else "without script"
                step(f"a doctor's day {way}")
                desk.doctors_day(driver, keys)
                step(f"a night without consent, and the auditor's morning {way}")
                desk.break_glass(driver)
                desk.auditors_morning(driver, keys)
                if keys:
                    step("a quality controller's case")
                    desk.controllers_case(driver)
                quiet(driver, f"a day {way}")
            finally:
                driver.quit()
            desk.not_in_profile(profile)
    return [clinical.NUMBER, clinical.NAME, clinical.REASON]


def speed():
    """The first byte of a page that needs no session, from the node itself."""
    times = []
    for _ in range(20):
        start = time.monotonic()
        with urllib.request.urlopen(nodes["pingding"]["console"] + "/sign-in", context=unchecked(), timeout=10) as answer:
            answer.read(1)
        times.append((time.monotonic() - start) * 1000)
    print(f"  first byte of a page, with TLS: median {sorted(times)[10]:.0f} ms, worst {max(times):.0f} ms")


def in_browser(work):
    """Does something in a browser of its own."""
    driver = browser()
    try:
        return work(driver)
    finally:
        driver.quit()


def at_once(*works):
    """Does several things at a time; gives what each gave, or fails with the first that failed."""
    with concurrent.futures.ThreadPoolExecutor(len(works)) as pool:
        return [found.result() for found in [pool.submit(work) for work in works]]


def all_pages(people):
    def look(driver):
        for node, account in people:
            step(f"the pages of {account} at {node}")
            look_at_pages(driver, node, account)

    return lambda: in_browser(look)


def operator_and_administrator(driver):
    """Everything that changes the node 平定: one thing after the other."""
    step("with the keyboard alone")
    by_keyboard(driver)
    messages_that_wait()
    operators_tasks(Keyboard(driver))
    step("forms from elsewhere")
    foreign_forms(driver)
    leave(driver, driver.find_element(By.CSS_SELECTOR, "form[action='/sign-out'] button"))
    step("an account, and who guesses at it")
    sign_in(driver, "pingding", "xi")
    account_task(Keyboard(driver), "bian")
    leave(driver, driver.find_element(By.CSS_SELECTOR, "form[action='/sign-out'] button"))
    quiet(driver, "an operator")
    step("without script")
    without_script()
    tasks_without_script()


def doctors(driver):
    """What doctors, auditors and quality controllers do; returns what must be found nowhere else."""
    step("a doctor looks a patient up")
    secrets = a_doctors_look(driver)
    quiet(driver, "a doctor")
    return secrets + clinic()


def what_happens(driver):
    step("what happens comes by itself")
    events(driver)
    quiet(driver, "events")


step("password and code")
in_browser(password_and_code)
# Two at a time: a page waits for its node, and the checker for the page.
at_once(
    all_pages([("yangquan-shi", "qin"), ("pingding", "wu"), ("pingding", "li"), ("pingding", "zhi")]),
    all_pages([
        ("yuxian", "shi"), ("pingding", "shen"), ("yuxian", "yu"), ("pingding", "xi"), ("pingding", "an"),
        ("pingding", "ji"),
    ]))
_, secrets = at_once(lambda: in_browser(operator_and_administrator), lambda: in_browser(doctors))
at_once(lambda: in_browser(what_happens), valid if options.vnu else lambda: None)
step("nowhere else")
nowhere(secrets)
speed()
pages = len({url for _, url in visited})
print(f"{pages} addresses, {len(failures)} failures, {time.monotonic() - began:.0f} s")
sys.exit(1 if failures else 0)
