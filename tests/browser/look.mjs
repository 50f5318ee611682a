// Opens pages of a report in Chromium and prints what was seen of each as JSON.
// look.mjs MODULES CHROMIUM FOLDER PAGE...
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [modules, chromiumPath, folder, ...pages] = process.argv.slice(2);
const { chromium } = await import(pathToFileURL(path.join(modules, "playwright-core/index.mjs")));
const axe = fs.readFileSync(path.join(modules, "axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({
  executablePath: chromiumPath,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});

const WIDE = { width: 1200, height: 900 };
const PHONE = { width: 360, height: 780 };

async function opened(name, options, use) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const seen = { console: [], requests: [], dialogs: [] };
  page.on("console", (message) => seen.console.push(message.text()));
  page.on("pageerror", (error) => seen.console.push(String(error)));
  page.on("dialog", (dialog) => (seen.dialogs.push(dialog.message()), dialog.dismiss()));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) seen.requests.push(request.url());
  });
  await page.goto(pathToFileURL(path.join(folder, name)).href);
  const result = await use(page, seen);
  await context.close();
  return result;
}

async function plain(page, seen) {
  const styled = await page.evaluate(() => getComputedStyle(document.body).maxWidth !== "none");
  const wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  return { ...seen, styled, wider };
}

async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { preload: false }));
  return found.violations.map((one) => `${one.impact} ${one.id}: ${one.nodes[0].html}`);
}

const results = {};
for (const name of pages) {
  const looked = {};
  looked.wide = await opened(name, { viewport: WIDE }, plain);
  looked.phone = await opened(name, { viewport: PHONE }, plain);
  for (const colorScheme of ["light", "dark"]) {
    const options = { viewport: WIDE, colorScheme, bypassCSP: true };
    looked[colorScheme] = await opened(name, options, violations);
  }
  results[name] = looked;
}
results.search = await opened("search.html", { viewport: WIDE }, async (page, seen) => {
  await page.fill("#words", "書店 captured");
  await page.waitForFunction(() => document.querySelectorAll("#found > li").length > 0);
  const lost = await page.locator("#found > li").allTextContents();
  await page.fill("#words", "<script>alert");
  await page.waitForFunction(() => document.querySelectorAll("#found > li").length === 1);
  const hostile = await page.locator("#found").innerHTML();
  await page.fill("#words", "gnp.exe");
  await page.waitForFunction(() => document.querySelector("#found .url")?.textContent.includes("gnp.exe"));
  const turned = await page.locator("#found").innerText();
  await page.fill("#words", "陸");
  await page.waitForFunction(() => document.querySelector("#found .url")?.textContent.includes("陸"));
  const shown = await page.locator("#found .url").first().innerText();
  await page.fill("#words", "");
  await page.selectOption("#standing", { index: 1 });
  await page.waitForFunction(() => document.querySelectorAll("#found > li").length > 1);
  const filtered = await page.locator("#found > li").count();
  const href = await page.locator("#found a").first().getAttribute("href");
  return { ...seen, lost, hostile, turned, shown, filtered, href };
});
await browser.close();
console.log(JSON.stringify(results));
