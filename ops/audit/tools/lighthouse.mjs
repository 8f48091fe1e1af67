// Read [{url, cookie}] from the file of the first argument; print a line of JSON with the scores of each page.
import { readFileSync } from "node:fs";
import lighthouse, { desktopConfig } from "lighthouse";
import puppeteer from "puppeteer";

const [pages, chromium] = [JSON.parse(readFileSync(process.argv[2], "utf-8")), process.argv[3]];
// A cookie of the browser, not a header: what the page fetches afterwards is asked for by the same person.
const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox"] });
for (const { url, cookie } of pages) {
  const pairs = cookie.split("; ").map((pair) => pair.split("="));
  await browser.setCookie(...pairs.map(([name, value]) => ({ name, value, domain: new URL(url).hostname })));
  const options = { output: "json", onlyCategories: ["accessibility", "performance"], disableStorageReset: true };
  const page = await browser.newPage();
  const { lhr } = await lighthouse(url, options, desktopConfig, page);
  const scores = Object.fromEntries(Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)]));
  const failed = Object.values(lhr.audits).filter(({ score }) => score !== null && score < 0.9).map(({ id }) => id);
  console.log(JSON.stringify({ url, scores, failed }));
  await page.close();
}
await browser.close();
