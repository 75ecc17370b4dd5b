"""A person at a browser: opens the approval link in a real Chromium, fills the form and presses a button.

browser.py ACTION [FIELD=VALUE...] -- COMMAND...     ACTION is approve, reject or look.

COMMAND is `approve --web`, which prints the link. Afterwards it must have ended by itself, unless the action was to look.

DIGEST stands for the challenge that the page shows. SCREENSHOTS=DIR keeps a picture of what was seen, wide and narrow.
Prints one JSON object: what was seen, and how the command ended.
"""
import json
import re
import subprocess
import sys

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

split = sys.argv.index("--")
action, fields = sys.argv[1], [pair.split("=", 1) for pair in sys.argv[2:split]]
tool = subprocess.Popen(sys.argv[split + 1 :], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
talk, link = "", None
while not link:
    line = tool.stderr.readline()
    if not line:
        sys.exit(talk)
    talk += line
    link = (re.search(r"http://127\.0\.0\.1:\d+/open/[0-9a-f]{64}", line) or [None])[0]
options = webdriver.ChromeOptions()
for flag in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1200,1600"):
    options.add_argument(flag)
browser = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))


def texts(selector):
    return [element.text for element in browser.find_elements(By.CSS_SELECTOR, selector)]


try:
    browser.set_page_load_timeout(60)
    browser.get(link)
    shots = None
    for name, value in fields:
        if name == "SCREENSHOTS":
            shots = value
            continue
        if value == "DIGEST":
            value = texts(".challenge")[0]
        if name == "review":
            browser.find_elements(By.CSS_SELECTOR, "input[type=checkbox]")[int(value)].click()
        else:
            browser.find_element(By.CSS_SELECTOR, f"[name={name}]").send_keys(value)
    if action != "look":
        before = browser.find_element(By.TAG_NAME, "html")
        browser.execute_script("arguments[0].scrollIntoView()", browser.find_element(By.CSS_SELECTOR, f".{action}"))
        browser.find_element(By.CSS_SELECTOR, f".{action}").click()
        WebDriverWait(browser, 60).until(lambda _: before.id != browser.find_element(By.TAG_NAME, "html").id)
    if shots:
        for name, width in (("wide", 1200), ("narrow", 390)):
            browser.execute_cdp_cmd(
                "Emulation.setDeviceMetricsOverride",
                {"width": width, "height": 1600, "deviceScaleFactor": 1, "mobile": name == "narrow"},
            )
            height = browser.execute_script("return document.documentElement.scrollHeight")
            browser.execute_cdp_cmd(
                "Emulation.setDeviceMetricsOverride",
                {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": name == "narrow"},
            )
            browser.save_screenshot(f"{shots}/{action}-{name}.png")
    # A phone zooms out of a page that is too wide for it, so the page is held against the phone.
    def is_too_wide(width):
        return browser.execute_script("return document.documentElement.scrollWidth") > width

    frames = browser.find_elements(By.TAG_NAME, "iframe")
    sideways = []
    for width in (390, 320) if frames else ():
        browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": True}
        )
        sideways += [f"the page at {width}"] * is_too_wide(width)
        browser.switch_to.frame(frames[0])
        sideways += [f"the report at {width}"] * is_too_wide(width)
        browser.switch_to.default_content()
    framed = ""
    if frames:
        browser.switch_to.frame(frames[0])
        framed = browser.find_element(By.TAG_NAME, "body").text[:400]
        browser.switch_to.default_content()
    seen = {
        "url": browser.current_url,
        "heading": (texts("h1") or [""])[0],
        "complaint": (texts(".complaint") or [""])[0],
        "text": browser.find_element(By.TAG_NAME, "body").text,
        "report": framed,
        "sideways": sideways,
        "cookies_seen_by_scripts": browser.execute_script("return document.cookie"),
    }
    if seen["complaint"] or action == "look":
        tool.terminate()
    output, rest = tool.communicate(timeout=60)
    print(json.dumps(seen | {"status": tool.returncode, "output": output, "talk": talk + rest}))
finally:
    browser.quit()
    tool.kill()
