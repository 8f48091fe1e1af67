// Read [{url, cookie}] from the file of the first argument; print a line of JSON with the scores of each page.
import { readFileSync } from "node:fs";
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const [pages, chromium] = [JSON.parse(readFileSync(process.argv[2], "utf-8")), process.argv[3]];
const chrome = await launch({ chromePath: chromium, chromeFlags: ["--headless=new", "--no-sandbox"] });
for (const { url, cookie } of pages) {
  const options = {
    port: chrome.port, output: "json", onlyCategories: ["accessibility", "performance"],
    extraHeaders: { Cookie: cookie }, disableStorageReset: true,
  };
  const { lhr } = await lighthouse(url, options, desktopConfig);
  const scores = Object.fromEntries(Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)]));
  const failed = Object.values(lhr.audits).filter(({ score }) => score !== null && score < 0.9).map(({ id }) => id);
  console.log(JSON.stringify({ url, scores, failed }));
}
await chrome.kill();
