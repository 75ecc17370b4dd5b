"""Opens each page of a folder in a real Chromium, light and dark, wide and narrow, and on paper.

pages_in_browser.py FOLDER     Prints one JSON list: for each page what axe-core finds in either scheme, whether it is wider
than the screen, what a page of ours never has (scripts, pictures, handlers, links that lead out), how many sheets it prints on, how small the print of its charts gets there, and which error the console shows.
"""
import base64
import json
import pathlib
import re
import sys

import importlib.util

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

# Found, not imported: importing the package would start looking for its own driver.
package = pathlib.Path(importlib.util.find_spec("axe_playwright_python").submodule_search_locations[0])
axe = (package / "axe.min.js").read_text()

options = webdriver.ChromeOptions()
options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
    options.add_argument(flag)
browser = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))

FOREIGN = """
    const elements = [...document.querySelectorAll("*")];
    const handled = elements.filter(e => [...e.attributes].some(a => a.name.startsWith("on")));
    const made = [...document.querySelectorAll("script, img, iframe, object, embed, form, link, base, svg svg")];
    const leading = [...document.links].filter(a => !a.getAttribute("href").startsWith("#"));
    return [...handled, ...made, ...leading].map(e => e.outerHTML.slice(0, 160));
"""


def show(page, scheme, width):
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    )
    browser.get(page.as_uri())


def violations():
    browser.execute_script(axe)
    found = browser.execute_async_script(
        """
        const done = arguments[arguments.length - 1];
        for (const details of document.querySelectorAll("details")) details.open = true;
        axe.run(document, {resultTypes: ["violations"]}).then(done, error => done({failed: String(error)}));
        """
    )
    if "failed" in found:
        sys.exit(found["failed"])
    checked = len(found["passes"])
    return checked, [f"{item['id']}: {item['help']}: {item['nodes'][0]['html'][:160]}" for item in found["violations"]]


# The smallest print of a chart, in points, on a sheet that is 182 mm wide between its margins.
SMALLEST = """
    const sizes = [...document.querySelectorAll(".chart svg text")].map(
        text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a * 0.75);
    return sizes.length ? Math.min(...sizes) : null;
"""


def smallest_print():
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 688, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
    )
    size = browser.execute_script(SMALLEST)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    return size


results = []
try:
    browser.set_script_timeout(60)
    for page in sorted(pathlib.Path(sys.argv[1]).glob("*.html")):
        result = {"page": page.name, "violations": [], "checked": 0}
        for scheme in ("light", "dark"):
            show(page, scheme, 1280)
            result["console"] = [entry["message"] for entry in browser.get_log("browser")]
            checked, found = violations()
            result["checked"] = checked
            result["violations"] += [f"{scheme}: {item}" for item in found]
        show(page, "light", 390)
        result["isTooWide"] = browser.execute_script("return document.documentElement.scrollWidth > 390")
        result["foreign"] = browser.execute_script(FOREIGN)
        paper = browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": True, "preferCSSPageSize": True})
        result["sheets"] = len(re.findall(rb"/Type\s*/Page\b", base64.b64decode(paper["data"])))
        result["smallestPrint"] = smallest_print()
        results.append(result)
finally:
    browser.quit()
print(json.dumps(results))
