// The model that writes: the one that ships, or, on a site without one, a tiny model of the goldens
// beside the models of the page.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";

interface Manifest {
  models: { id: string }[];
}

const kTop = join(import.meta.dirname, "../..");
const kShipped = "story-en";
const kGolden = "gpt2";
const kManifest = join(kTop, "models/manifest.json");

const isShipped =
  existsSync(kManifest) &&
  (JSON.parse(readFileSync(kManifest, "utf8")) as Manifest).models.some(
    ({ id }) => id === kShipped,
  );

export const kWriter = isShipped ? kShipped : kGolden;

/** Where its files are, from the top of the repository. */
export const kWriterFolder = isShipped
  ? `models/${kShipped}`
  : `tests/golden/models/generation/${kGolden}`;

/** The tiny one has only letters, and no more than 24 places. */
export const kWriterPrompt = isShipped ? "Once upon a time, there was a" : "abc def, a bad cafe";

/** The page finds it in its manifest, and its files where it says. */
export async function addWriter(page: Page) {
  if (isShipped) return;
  await page.route("**/models/manifest.json", async (route) => {
    const page = (await (await route.fetch()).json()) as Manifest;
    const url = new URL("/golden/manifest.json", route.request().url()).href;
    const golden = (await (await route.fetch({ url })).json()) as Manifest;
    const writers = golden.models.filter(({ id }) => id === kWriter);
    await route.fulfill({ json: { ...page, models: [...page.models, ...writers] } });
  });
  await page.route(`**/models/${kWriter}/*`, async (route) => {
    const file = route.request().url().split("/").at(-1)!;
    const url = new URL(`/golden/${kWriter}/${file}`, route.request().url()).href;
    await route.fulfill({ response: await route.fetch({ url }) });
  });
}
