// Read [{url, cookie, width, height}] from the file of the first argument; print a line of JSON for each page.
import { readFileSync } from "node:fs";
import pa11y from "pa11y";
import puppeteer from "puppeteer";

const [pages, chromium] = [JSON.parse(readFileSync(process.argv[2], "utf-8")), process.argv[3]];
const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox"] });
for (const { url, cookie, width, height } of pages) {
  // A cookie of the browser, not a header: what the page fetches afterwards is asked for by the same person.
  const pairs = cookie.split("; ").map((pair) => pair.split("="));
  await browser.setCookie(...pairs.map(([name, value]) => ({ name, value, domain: new URL(url).hostname })));
  const page = await browser.newPage();
  try {
    const found = await pa11y(url, {
      browser, page, runners: ["axe", "htmlcs"], standard: "WCAG2AA", timeout: 60000,
      viewport: { width, height, isMobile: width < 600 },
    });
    console.log(JSON.stringify({ url, width, issues: found.issues }));
  } catch (error) {
    console.log(JSON.stringify({ url, width, issues: [{ code: "failed", message: String(error), selector: "" }] }));
  }
  await page.close();
}
await browser.close();
