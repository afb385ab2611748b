import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, kSentence, kTop, test } from "./glass.js";

const kWeights = "**/model.safetensors";
const weights = () => readFileSync(join(kTop, "dist/models/sentiment-en/model.safetensors"));

test.use({ expectedMessages: /Failed to load resource/ });

async function expectProblem(page: Page, code: string, title: string): Promise<void> {
  const alert = page.getByRole("alert");
  await expect(alert).toContainText(title);
  await alert.getByText(/Technical details|技术细节/).click();
  await expect(alert.locator("code")).toContainText(code);
}

test("the download shows its bytes, can be cancelled, and tried again", async ({
  glass,
  page,
  request,
}) => {
  await glass.open({ text: kSentence }, "held-to-cancel");
  await expect(page.getByTestId("loading")).toContainText(/[1-9]\d*\.\d of \d+\.\d MB/);
  // The host is asked: the browser does not always tell of a worker's request that failed.
  const givenUp = async () => Number(await (await request.get("/given-up/held-to-cancel")).text());
  const before = await givenUp();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect.poll(givenUp).toBe(before + 1);
  await expect(page.getByRole("status")).toContainText("cancelled");
  await expect(glass.verdict).toHaveCount(0);
  await page.route(kWeights, (route) =>
    route.continue({ url: route.request().url().replace("/held-to-cancel/", "/glass/") }),
  );
  await page.getByRole("button", { name: "Load the model" }).click();
  await glass.expectLabel("POSITIVE");
});

test("the second visit downloads no weights", async ({ glass, page }) => {
  await glass.open({ text: kSentence });
  await glass.expectLabel("POSITIVE");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.reload();
  await glass.expectLabel("POSITIVE");
  expect(asked.some((url) => url.endsWith("manifest.json"))).toBe(true);
  expect(asked.filter((url) => url.endsWith(".safetensors"))).toEqual([]);
});

test("a truncated file is refused, in words", async ({ glass, page }) => {
  await page.route(kWeights, (route) => route.fulfill({ body: weights().subarray(0, -100) }));
  await glass.open();
  await expectProblem(page, "INTEGRITY", "The model arrived damaged");
  await page.unroute(kWeights);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(glass.verdict).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a flipped bit is found, in Chinese words", async ({ glass, page }) => {
  const flipped = weights();
  flipped[flipped.length >> 1]! ^= 1;
  await page.route(kWeights, (route) => route.fulfill({ body: flipped }));
  await glass.open({ lang: "zh" });
  await expectProblem(page, "INTEGRITY", "模型文件已损坏");
});

test("a missing file", async ({ glass, page }) => {
  await page.route(kWeights, (route) => route.fulfill({ status: 404 }));
  await glass.open();
  await expectProblem(page, "NOT_FOUND", "missing on this site");
});

test("a web page instead of a file", async ({ glass, page }) => {
  await page.route("**/manifest.json", (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html>" }),
  );
  await glass.open();
  await expectProblem(page, "NOT_FOUND", "missing on this site");
});

test("no network", async ({ glass, page }) => {
  await page.route(kWeights, (route) => route.abort("internetdisconnected"));
  await glass.open();
  await expectProblem(page, "NETWORK", "could not be downloaded");
});

test("a connection that breaks in the middle", async ({ glass, page }) => {
  await glass.open({}, "broken");
  await expectProblem(page, "NETWORK", "could not be downloaded");
});

test("a worker that cannot be fetched", async ({ glass, page }) => {
  await page.route("**/main-*.js", (route) => route.abort("internetdisconnected"));
  await glass.open();
  await expectProblem(page, "NETWORK", "could not be downloaded");
});

test.describe("the engine itself", () => {
  test.use({ expectedMessages: /Failed to load resource|wasm|ArrayBuffer instantiation/ });

  test("cannot be fetched", async ({ glass, page }) => {
    await page.route("**/*.wasm", (route) => route.abort("internetdisconnected"));
    await glass.open();
    await expectProblem(page, "NETWORK", "could not be downloaded");
    await page.unroute("**/*.wasm");
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(glass.verdict).toBeVisible();
  });
});
