// The page as the tests see it, and what must hold in every test: nothing on the console, no other
// origin.

import { join } from "node:path";
import { expect, test as base, type Locator, type Page } from "@playwright/test";
import { askCli } from "./cli.js";

export const kTop = join(import.meta.dirname, "../..");
export const kSentence = "It is great to learn deep learning.";

export class Glass {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** `view`: what the address says after #. */
  async open(view: Record<string, string> = {}, mount = "glass"): Promise<void> {
    await this.page.goto(`/${mount}/#${new URLSearchParams(view)}`);
  }

  get text(): Locator {
    return this.page.getByRole("textbox");
  }

  get verdict(): Locator {
    return this.page.getByTestId("verdict");
  }

  /** The section with the views: others can be taken away, too. */
  get attention(): Locator {
    return this.page.getByRole("region", { name: "Attention", exact: true });
  }

  get matrix(): Locator {
    return this.page.getByTestId("matrix");
  }

  get readout(): Locator {
    return this.page.getByTestId("readout");
  }

  get chips(): Locator {
    return this.page.getByRole("option");
  }

  async type(text: string): Promise<void> {
    await this.text.fill(text);
  }

  async expectLabel(label: string): Promise<void> {
    await expect(this.verdict).toHaveAttribute("data-label", label);
  }

  /** The score of the best label, as it came from the engine. */
  async score(): Promise<number> {
    return Number(await this.verdict.getAttribute("data-score"));
  }

  /** Waits until the tokens are those of `words`, special tokens aside. */
  async expectTokens(...words: string[]): Promise<void> {
    await expect(this.chips).toHaveText(["[CLS]", ...words, "[SEP]"]);
  }

  /**
   * What the title and the table say of each head, opened one after the other: the weights, and how
   * they are written. In one go inside the page: half a hundred clicks and readings from outside take minutes on a busy machine.
   */
  async weightsOfEach(
    heads: Locator,
  ): Promise<{ which: string; rows: number[][]; texts: string[][] }[]> {
    return heads.evaluateAll(async (buttons) => {
      const cells = () =>
        Array.from(document.querySelectorAll("tbody tr"), (row) =>
          Array.from(row.querySelectorAll("[data-weight]")),
        );
      const all: { which: string; rows: number[][]; texts: string[][] }[] = [];
      for (const button of buttons as HTMLButtonElement[]) {
        button.click();
        await new Promise((resolve) => setTimeout(resolve));
        const which = document.querySelector("[data-testid=which]")!.textContent!;
        const shown = cells();
        all.push({
          which,
          rows: shown.map((row) => row.map((cell) => Number(cell.getAttribute("data-weight")))),
          texts: shown.map((row) => row.map((cell) => cell.textContent!)),
        });
      }
      return all;
    });
  }

  /** Every number of the matrix, as the table has it. */
  async weights(): Promise<number[][]> {
    const cells = (rows: Element[]) =>
      rows.map((row) =>
        Array.from(row.querySelectorAll("[data-weight]"), (cell) =>
          Number(cell.getAttribute("data-weight")),
        ),
      );
    return this.page.locator("tbody tr").evaluateAll(cells);
  }
}

interface Fixtures {
  glass: Glass;
  /** Console messages that a test expects; all others fail it. */
  expectedMessages: RegExp | null;
  noSurprises: true;
}

export const test = base.extend<Fixtures>({
  expectedMessages: [null, { option: true }],
  glass: async ({ page }, use) => use(new Glass(page)),
  noSurprises: [
    async ({ page, baseURL, expectedMessages }, use) => {
      const surprises: string[] = [];
      page.on("console", (message) => {
        if (!expectedMessages?.test(message.text())) surprises.push(`console: ${message.text()}`);
      });
      page.on("pageerror", (error) => surprises.push(`exception: ${error.message}`));
      page.on("request", (request) => {
        if (new URL(request.url()).origin !== baseURL) surprises.push(`request: ${request.url()}`);
      });
      await use(true);
      expect(surprises).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** The command line's answer to the same question. */
export function classifyByCli(
  text: string,
  options: string[] = [],
  model = "sentiment-en",
): { label: string; score: number } {
  const task = ["run", "text-classification", "--model", `models/${model}`];
  const [best] = askCli<{ label: string; score: number }[]>([...task, ...options, text]);
  return best!;
}
