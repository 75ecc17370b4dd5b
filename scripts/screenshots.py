"""Photographs the pages of a month for the documentation: on a screen, on a telephone, and as paper.

    screenshots.py REPORTS TARGET

REPORTS is a folder of HTML pages, `data/reports` of a sealed month. Written as WebP: a page is text on white, and a
repository keeps every version.
"""
import base64
import pathlib
import sys

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

PAGES = ("executive", "ceo", "cfo", "cto", "architect", "sre", "technical", "stakeholder-email")
# Width in CSS pixels; paper is A4 less its margins, of which the first sheet is shown. Long pages are cut at the height.
SIZES = {"desktop": (1040, 2600), "phone": (390, 2000), "print": (688, 1040)}

reports, target = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
target.mkdir(parents=True, exist_ok=True)
options = webdriver.ChromeOptions()
for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"):
    options.add_argument(flag)
browser = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
try:
    for size, (width, limit) in SIZES.items():
        media = {"media": "print" if size == "print" else "", "features": [{"name": "prefers-color-scheme", "value": "light"}]}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": size == "phone"},
        )
        for page in PAGES:
            if (page, size) == ("stakeholder-email", "print"):
                continue
            browser.get((reports / f"{page}.html").as_uri())
            height = min(limit, browser.execute_script("return document.documentElement.scrollHeight"))
            clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
            shot = browser.execute_cdp_cmd(
                "Page.captureScreenshot", {"format": "webp", "quality": 45, "clip": clip, "captureBeyondViewport": True}
            )
            (target / f"{page}-{size}.webp").write_bytes(base64.b64decode(shot["data"]))
finally:
    browser.quit()
