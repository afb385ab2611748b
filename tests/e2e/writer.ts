// A tiny model that writes, from the goldens, beside the models of the page.

import type { Page } from "@playwright/test";

export const kWriter = "gpt2";

interface Manifest {
  models: { id: string }[];
}

/** The page finds it in its manifest, and its files where it says. */
export async function addWriter(page: Page) {
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
