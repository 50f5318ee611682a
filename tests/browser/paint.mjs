// Opens pages of a report in Chromium, five times each, and prints when each was painted, in ms.
// paint.mjs MODULES CHROMIUM FOLDER PAGE...
import path from "node:path";
import { pathToFileURL } from "node:url";

const [modules, executablePath, folder, ...pages] = process.argv.slice(2);
const { chromium } = await import(pathToFileURL(path.join(modules, "playwright-core/index.mjs")));
const args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
const browser = await chromium.launch({ executablePath, args });

async function painted(name) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  const page = await context.newPage();
  await page.goto(pathToFileURL(path.join(folder, name)).href);
  const time = await page.evaluate(
    () =>
      new Promise((done) => {
        const told = (entries) => {
          const one = entries.find((entry) => entry.name === "first-contentful-paint");
          if (one) done(one.startTime);
        };
        new PerformanceObserver((list) => told(list.getEntries())).observe({
          type: "paint",
          buffered: true,
        });
      }),
  );
  await context.close();
  return time;
}

const times = {};
for (const name of pages) {
  times[name] = [];
  for (let round = 0; round < 5; round += 1) times[name].push(await painted(name));
}
await browser.close();
console.log(JSON.stringify(times));
