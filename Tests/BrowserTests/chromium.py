"""Headless Chromium as a person uses it, and as an eye that measures."""

import base64
import os
import shutil

from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException, WebDriverException
from selenium.webdriver.common.by import By

from checks import eventually

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "contrast.js"), encoding="utf-8") as file:
    CONTRAST = file.read()


class Chromium:
    def __init__(self, javascript):
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium")
        for argument in (
            # A container's user is root and its /dev/shm small; the pages are our own.
            "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run",
            "--no-proxy-server", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--hide-scrollbars", "--force-color-profile=srgb", "--window-size=1100,900",
        ):
            options.add_argument(argument)
        if not javascript:
            options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
        self.driver = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
        self.driver.set_page_load_timeout(30)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()

    @property
    def url(self):
        return self.driver.current_url

    @property
    def text(self):
        return self.one("body").text

    def open(self, url):
        self.driver.get(url)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def type(self, selector, text):
        self.one(selector).clear()
        self.one(selector).send_keys(text)

    def click(self, selector):
        """Clicks, and waits until another page is there."""
        element = self.one(selector)
        element.click()
        eventually(lambda: self._is_gone(element), f"a new page after {selector}", 15)
        eventually(lambda: self.all("main"), "the new page's main part", 15)

    @staticmethod
    def _is_gone(element):
        try:
            element.is_enabled()
            return False
        except (StaleElementReferenceException, NoSuchElementException):
            return True
        except WebDriverException as error:
            # What chromedriver says when the page goes away while it looks.
            if "does not belong to the document" in (error.msg or ""):
                return True
            raise

    def look(self, width=None, dark=False):
        """Sets width (None: the window's) and colour scheme."""
        self.driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia",
            {"features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})
        if width is None:
            self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        else:
            self.driver.execute_cdp_cmd(
                "Emulation.setDeviceMetricsOverride",
                {"width": width, "height": 740, "deviceScaleFactor": 1, "mobile": False})

    def keep(self, path):
        """A picture of the whole page."""
        size = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        picture = self.driver.execute_cdp_cmd(
            "Page.captureScreenshot",
            {"captureBeyondViewport": True, "clip": {**size, "x": 0, "y": 0, "scale": 1}})
        with open(path, "wb") as file:
            file.write(base64.b64decode(picture["data"]))

    def overflow(self):
        """How far the page is wider than the window, and what sticks out."""
        return self.driver.execute_script(
            """
            const width = document.documentElement.clientWidth;
            const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + .5);
            return [document.documentElement.scrollWidth - width,
                    out.slice(0, 5).map(e => e.tagName + '.' + e.className + '#' + e.id)];
            """)

    def covered_lifelines(self):
        """Texts of the diagram's steps whose boxes meet the middle of one of the four columns."""
        return self.driver.execute_script(
            """
            const strip = document.querySelector('.diagram .strip').getBoundingClientRect();
            const lines = [1, 3, 5, 7].map(n => strip.left + strip.width * n / 8);
            const covering = [];
            const walker = document.createTreeWalker(document.querySelector('.diagram ol'), NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
              if (!node.data.trim()) continue;
              const range = document.createRange();
              range.selectNodeContents(node);
              for (const box of range.getClientRects())
                if (box.width && lines.some(x => box.left < x + 1 && box.right > x - 1)) covering.push(node.data);
            }
            return covering;
            """)

    def weak_contrasts(self):
        """Texts whose contrast with what is behind them is below 4.5 : 1, each with its ratio."""
        return self.driver.execute_script(CONTRAST)

    def is_at_login_server(self):
        """Whether the page is one of the development login server, which has a style of its own."""
        return not self.all("link[href='/style.css']")

    def headings(self):
        return [e.text for e in self.all("h1")]
